"""Examples of what is asked and answered, for the OpenAPI document. Tests hold them against the models."""

from __future__ import annotations

from typing import Any

JOB_ID = "5d2f7c8e-30a1-4c53-9f53-1f4f8a2d0c11"
_TIME = "2026-05-04T02:00:00Z"
_LATER = "2026-05-04T02:06:41Z"

REQUESTS: dict[str, dict[str, Any]] = {
    "everything": {"summary": "Every repository of the organisation", "value": {}},
    "named": {
        "summary": "Two repositories, one of them at a tag",
        "value": {"repositories": ["web", {"name": "billing", "ref": "v2.1.0"}], "mode": "pull_request"},
    },
    "filters": {
        "summary": "Every Python service that somebody worked on in the last three months",
        "value": {"filters": {"include": ["svc-*"], "languages": ["Python"], "pushed_since": "P90D"}},
    },
    "options": {
        "summary": "One repository anew, in German, without its vendored code",
        "value": {
            "repositories": ["web"],
            "options": {"language": "de", "exclude": ["vendor/**"]},
            "force": True,
        },
    },
    "webhook": {
        "summary": "One repository, and a registered address that is told when it is done",
        "value": {"repositories": ["web"], "webhook": "https://hooks.acme.example/documenthor"},
    },
}

ACCEPTED = {"job": JOB_ID, "status_url": f"/api/job/{JOB_ID}/status"}

_USAGE: dict[str, Any] = {
    "attempts": 4,
    "seconds": 512.25,
    "gpu_seconds": 331.0,
    "cpu_seconds": 702.0,
    "bundle_bytes": 48213,
    "cost": {"EUR": "0.237661"},
    "reported": {"prompt_tokens": 18250, "reply_tokens": 2210, "source_bytes": 1204551},
}
_NO_USAGE = {
    "attempts": 0,
    "seconds": 0.0,
    "gpu_seconds": 0.0,
    "cpu_seconds": 0.0,
    "bundle_bytes": 0,
    "cost": {},
    "reported": {"prompt_tokens": 0, "reply_tokens": 0, "source_bytes": 0},
}
_SUMMARY: dict[str, Any] = {
    "id": JOB_ID,
    "tenant": "acme",
    "state": "partially_failed",
    "error": "",
    "requested_by": "repo:acme/web:ref:refs/heads/main",
    "created_at": _TIME,
    "cancelled_at": None,
    "finished_at": _LATER,
    "total": 3,
    "counts": {"pull_request": 1, "failed": 1, "skipped": 1},
    "usage": _USAGE,
    "links": {
        "status": f"/api/job/{JOB_ID}/status",
        "events": f"/api/job/{JOB_ID}/events",
        "cancel": None,
        "retry": f"/api/job/{JOB_ID}/retry",
    },
}
_ROW: dict[str, Any] = {
    "name": "web",
    "state": "done",
    "outcome": "pull_request",
    "reason": "",
    "message": "opened a pull request",
    "source_commit": "8f1c2b6f0d3e4a5b6c7d8e9f00112233445566aa",
    "commit": "0c9d8e7f6a5b4c3d2e1f00998877665544332211",
    "reference": "https://github.com/acme/web/pull/17",
    "pages": ["README.md", "docs/architecture.md"],
    "attempt": 1,
    "seconds": 74.5,
    "usage": {**_USAGE, "attempts": 1, "seconds": 74.5},
}
_FAILED = {
    **_ROW,
    "name": "billing",
    "outcome": "failed",
    "reason": "fetch",
    "message": "fetch ended with timeout",
    "commit": "",
    "reference": "",
    "pages": [],
    "attempt": 3,
    "seconds": 120.0,
    "usage": {**_NO_USAGE, "attempts": 3, "seconds": 437.75},
}
_SKIPPED = {
    **_ROW,
    "name": "attic",
    "outcome": "skipped",
    "reason": "archived",
    "message": "",
    "source_commit": "",
    "commit": "",
    "reference": "",
    "pages": [],
    "attempt": 0,
    "seconds": None,
    "usage": _NO_USAGE,
}

JOB = {**_SUMMARY, "repositories": [_ROW, _FAILED, _SKIPPED]}
JOBS = {"jobs": [_SUMMARY], "next": None}
EVENTS = (
    "retry: 3000\n\n"
    'event: repository\ndata: {"name": "web", "state": "running", "attempt": 1}\n\n'
    'event: job\ndata: {"state": "running", "total": 2, "counts": {"running": 1, "waiting": 1}}\nid: 4\n\n'
)
STATEMENT = {
    "tenant": "acme",
    "month": "2026-05",
    "time_zone": "Europe/Berlin",
    "is_complete": True,
    "attempts": 3,
    "gpu_seconds": "351.000",
    "cpu_seconds": "830.000",
    "cost": {"EUR": "0.177800"},
    "lines": [
        {
            "repository": "web",
            "pays": "nobody",
            "reason": "evicted",
            "attempts": 1,
            "gpu_seconds": "87.000",
            "cpu_seconds": "182.000",
            "gpu_hour": "2.4",
            "cpu_hour": "0.01",
            "currency": "EUR",
            "cost": "0.000000",
        },
        {
            "repository": "web",
            "pays": "tenant",
            "reason": "",
            "attempts": 2,
            "gpu_seconds": "264.000",
            "cpu_seconds": "648.000",
            "gpu_hour": "2.4",
            "cpu_hour": "0.01",
            "currency": "EUR",
            "cost": "0.177800",
        },
    ],
}
STATEMENT_CSV = (
    "tenant,month,repository,pays,reason,attempts,gpu_seconds,cpu_seconds,gpu_hour,cpu_hour,currency,cost\r\n"
    "acme,2026-05,web,nobody,evicted,1,87.000,182.000,2.4,0.01,EUR,0.000000\r\n"
    "acme,2026-05,web,tenant,,2,264.000,648.000,2.4,0.01,EUR,0.177800\r\n"
)
KEYS = {
    "keys": [
        {
            "kty": "RSA",
            "n": "sXchDaQebHnPiGvyDOAT4saGEUetSyo9MKLOoWFsueri23bOdgWp4Dy1WlUzewbgBHod5pcM9H95GQRV3JDXboIR",
            "e": "AQAB",
            "kid": "QNP6vHbe5Fx7k0cJQnDL1eW2kPpBq9bwzGeh1vFBLbY",
            "alg": "RS256",
            "use": "sig",
        }
    ]
}
HEALTHY = {
    "status": "ok",
    "checks": {"database": True, "scheduler": True, "dags": True, "forge": True, "model_server": True},
}
UNHEALTHY = {
    "status": "unavailable",
    "checks": {"database": True, "scheduler": False, "dags": True, "forge": True, "model_server": True},
}


def _problem(status: int, title: str, detail: str, kind: str = "", **more: Any) -> dict[str, Any]:  # noqa: ANN401
    name = f"urn:documenthor:problem:{kind}" if kind else "about:blank"
    return {"type": name, "title": title, "status": status, "detail": detail, **more}


# By status, then by a name for the example.
PROBLEMS: dict[int, dict[str, dict[str, Any]]] = {
    400: {"no_json": _problem(400, "Bad Request", "the body is not JSON")},
    401: {"no_token": _problem(401, "Unauthorized", "this needs a valid token: Authorization: Bearer TOKEN")},
    403: {
        "policy": _problem(
            403,
            "Forbidden",
            "your organisation's trust policy does not let this workflow in; its owner can change it",
            "policy",
        ),
        "targets": _problem(
            403,
            "Forbidden",
            "your token's repository may ask for itself only, unless the trust policy of its organisation "
            "names more targets",
            "targets",
            repositories=["billing"],
        ),
    },
    404: {"no_job": _problem(404, "Not Found", "there is no such job")},
    409: {
        "token_reused": _problem(
            409,
            "Conflict",
            "this token was used for another request; mint a new one for each request",
            "token-reused",
        ),
        "in_flight": _problem(
            409, "Conflict", "a request with this Idempotency-Key is being met; ask again soon", "in-flight"
        ),
        "job_state": _problem(
            409, "Conflict", "the job is still at work; retry it when it has ended", "job-state"
        ),
    },
    413: {"too_large": _problem(413, "Request Entity Too Large", "send at most 1048576 bytes")},
    415: {
        "no_json": _problem(415, "Unsupported Media Type", "send JSON, with Content-Type: application/json")
    },
    422: {
        "request": _problem(
            422,
            "Unprocessable Entity",
            "the request has 2 errors",
            "request",
            errors=[
                {"pointer": "/mode", "detail": "Input should be 'commit' or 'pull_request'"},
                {"pointer": "/repositories/1", "detail": "'Web' is named twice; name each repository once"},
            ],
        ),
        "idempotency_key": _problem(
            422,
            "Unprocessable Entity",
            "this Idempotency-Key was used for another request; choose a new one",
            "idempotency-key-reused",
        ),
    },
    429: {
        "rate_limit": _problem(
            429, "Too Many Requests", "too many requests with this key; wait 21 s", "rate-limit"
        )
    },
    503: {
        "trigger": _problem(
            503,
            "Service Unavailable",
            "the job is recorded but could not be started; send the same request again",
            "trigger",
            job=JOB_ID,
        )
    },
}
