"""What Airflow's UI says of the DAG and of each of its tasks, as Markdown."""

DAG_DOC = """
### Documentation of {organisation}

Documents every repository of **{organisation}**, or the ones you name, and publishes what held its gates.

| task | what it does |
|---|---|
| `plan` | resolves the request to repositories at exact commits and takes its share of them, at most 100 |
| `sibling` | triggers the run for the rest of the job, if there is one |
| `repository.generate` | writes the documentation of one repository, at one commit |
| `repository.route` | runs the gates and chooses how to publish, if there is anything to publish |
| `repository.commit`, `repository.pull_request` | publish |
| `summarize` | closes the run; it is red if a repository failed |

To retry one repository, clear its map index of `repository.generate` with *downstream*.

A **backfill** documents each repository as its default branch was at the end of each interval, and publishes
nothing where newer documentation is there (`skipped(superseded)`). Everything else documents the head.
The form's parameters count for a backfill only if *Override parameters on existing runs* is ticked.
"""

PLAN = """
Resolves the request to repositories at exact commits, and takes its share of them, at most 100.

It fails when the forge cannot be read: see the log, then clear it. A wait for GitHub's limits is no failure.
"""

SIBLING = """
Triggers the run for the rest of the job. *Skipped* means that this run holds all that was left.

In a night the other run stays *queued* until the first of its pull requests is due.
"""

GENERATE = """
Writes the documentation of one repository, at one commit, and publishes nothing.

*Skipped* means that there is nothing to document, that the job was cancelled, or that the night is over.
Clear it with *downstream* to do this repository once more.
"""

ROUTE = """
Runs the gates on what was generated and chooses how to publish it.

Where nothing is to be published the outcome is recorded here, and both ways are skipped.
"""

COMMIT = """
Commits to the default branch, if `route` chose so; the gates run again.
"""

PULL_REQUEST = """
Opens the pull request or brings it up to date, if `route` chose so; the gates run again.

Waiting for publishing hours, for GitHub's limits or, in a night, for its turn takes no slot: the task is then
*deferred*.
"""

SUMMARIZE = """
Closes the run, and with the last run the job. Red means that a repository failed.
"""

NOTIFY = """
Tells the channels of the tenant file that the job has ended, once each. Its failure leaves the run as it is.
"""

HOUSEKEEPING = """
### What nobody needs any more

A **dry run** only says in logs and results what would be deleted. The scheduled run is one, unless the
deployment sets `DOCUMENTHOR_HOUSEKEEPING=true`; a manual run is what its form says.

| task | what it deletes |
|---|---|
| `rows` | in our own database: old jobs, expired tokens, told messages, past entries of GitHub's budget |
| `scratch` | what killed generators left on this machine |
| `bundles` | what the XCom backend keeps in object storage of runs 90 days ago |
| `branches` | branches of ours that are merged |
| `pods` | pods of generators that no task waits for |

The audit log, usage records and the fates of pull requests stay. Airflow's own database is cleaned by
`airflow db clean`, outside of any task.
"""
