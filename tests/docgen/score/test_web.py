"""Web applications: true pages about routes and ports raise no alarm, and wrong ones do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.docgen.score.support import scored, world_of
from tests.docgen.support import Files, write

if TYPE_CHECKING:
    from pathlib import Path

_LICENCE = "MIT License\n\nPermission is hereby granted, free of charge.\n"
_EXPRESS = (
    "/** The shop. */\nconst express = require('express');\nconst app = express();\n"
    "app.get('/items', (req, res) => res.json([]));\n"
    "app.post('/items', (req, res) => res.sendStatus(201));\n"
    "app.put('/items/:id', (req, res) => res.sendStatus(204));\n"
    "app.delete('/items/:id', (req, res) => res.sendStatus(204));\n"
    "app.listen(process.env.PORT || 3000);\n"
)
_FASTAPI = (
    '"""Keeps items of a shop."""\n\nfrom fastapi import APIRouter, FastAPI\n\n'
    'app = FastAPI()\nrouter = APIRouter(prefix="/v1")\n\n\n'
    '@router.get("/items/{item_id}")\ndef read_item(item_id: int) -> dict[str, int]:\n'
    '    """Read one item of the shop."""\n    return {"id": item_id}\n\n\n'
    '@app.post("/items")\ndef add_item() -> None:\n    """Add an item to the shop."""\n\n\n'
    "app.include_router(router)\n"
)
_GIN = (
    "// Command shop keeps the items of a shop.\npackage main\n\n"
    'import "github.com/gin-gonic/gin"\n\nfunc list(c *gin.Context) {}\n\n'
    'func main() {\n\tr := gin.Default()\n\tv1 := r.Group("/v1")\n\tv1.GET("/items/:id", list)\n'
    '\tr.POST("/items", list)\n\tr.Run()\n}\n'
)
_COMPOSE = (
    "services:\n  web:\n    image: x\n    ports: ['127.0.0.1:8081:80', 22:22]\n"
    '  db:\n    image: y\n    ports:\n      - target: 5432\n        published: "7070"\n'
)
APPLICATIONS: dict[str, Files] = {
    "express": {
        "package.json": '{"name": "shop-api", "description": "Keeps the items of a shop."}',
        "server.js": _EXPRESS,
        "Dockerfile": "FROM node\nEXPOSE $OTHER 3000 9229/tcp\n",
    },
    "fastapi": {
        "pyproject.toml": '[project]\nname = "shop"\ndescription = "Keeps the items of a shop."\n',
        "shop.py": _FASTAPI,
        "compose.yaml": _COMPOSE,
    },
    "gin": {"go.mod": "module example.org/shop\n\ngo 1.22\n", "main.go": _GIN},
}


@pytest.mark.parametrize("name", APPLICATIONS)
def test_a_true_page_is_published(tmp_path: Path, name: str) -> None:
    write(tmp_path, {"LICENSE": _LICENCE, **APPLICATIONS[name]})
    world = world_of(tmp_path)
    found = scored(world)
    assert found.findings == ()
    assert (world.score or 0) >= 90
    text = world.pages["docs/configuration.md"]
    assert "`POST`" in text
    assert "/items" in text


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("`/items/:id`", "`/goods/:id`"),
        ("`EXPOSE $OTHER 3000 9229/tcp`", "`EXPOSE $OTHER 3001 9229/tcp`"),
        ("`PORT`", "`DOOR`"),
    ],
)
def test_a_wrong_one_is_found(tmp_path: Path, right: str, wrong: str) -> None:
    write(tmp_path, APPLICATIONS["express"])
    world = world_of(tmp_path)
    page = world.pages["docs/configuration.md"]
    assert right in page
    assert scored(world, {"docs/configuration.md": page}).findings == ()
    assert scored(world, {"docs/configuration.md": page.replace(right, wrong)}).findings
