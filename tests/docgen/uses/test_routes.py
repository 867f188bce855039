"""HTTP routes by framework: what is declared, and what only looks like it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.docgen.uses.support import module_of, shown_routes

if TYPE_CHECKING:
    from pathlib import Path

_FASTAPI = """
from fastapi import FastAPI, APIRouter
from .elsewhere import other
app = FastAPI(); items = APIRouter(prefix="/items"); computed = APIRouter(prefix=P)
# @app.get("/commented")
@app.get("/")
def root(): ...
@items.post("/{id}", status_code=201)
async def create(): ...
@items.get("")
def every(): ...
@computed.get("/no")
def no(): ...
@other.put("/other")
def put_other(): ...
@app.api_route("/many", methods=["GET", "POST"])
def many(): ...
@app.api_route("/unknown", methods=METHODS)
def unknown(): ...
@cache.get("/cache")
def cached(): ...
@app.get(PATH)
def path(): ...
app.include_router(items, prefix="/v1")
app.get("/no-decorator")
app.add_api_route("/added", root)
def build(given: FastAPI, thing: Thing):
    @given.delete("/inner")
    def inner(): ...
    @thing.delete("/thing")
    def nothing(): ...
"""
_FLASK = """
from flask import Flask, Blueprint
own = Blueprint("own", __name__, url_prefix="/own"); moved = Blueprint("m", __name__, url_prefix="/old")
def create_app():
    app = Flask(__name__)
    # @app.route("/commented")
    @app.route("/hello")
    def hello(): ...
    app.register_blueprint(own)
    app.register_blueprint(moved, url_prefix="/new")
    app.add_url_rule("/rule", view_func=hello, methods=("PUT",))
    app.add_url_rule("/class", view_func=Imported.as_view("x"))
    return app
@own.route("/<int:id>", methods=["GET", "DELETE"])
def one(): ...
@moved.get("/x")
def x(): ...
text = '@app.route("/text")'
@client.route("/client")
def client(): ...
"""
_DJANGO = """
from django.urls import include, path, re_path
urlpatterns = [
    path("a/<int:year>/", views.year, name="y"),
    re_path(r"^z$", View.as_view()),
    path("api/", include("x.urls")), path("admin/", admin.site.urls), path(COMPUTED, v),
    # path("commented/", v),
]
os.path("x", y)
"""
_EXPRESS = """
import express, { Router } from 'express';
const app = express(), api = express.Router(), late = new Router();
app.get('etag'); app.get('/setting'); app.set('view engine', 'pug');
app.get('/x', auth, list.all);
app.use('/api', api);
api.post('/items/:id', function create(req, res) {});
api.route('/b').get(a).put((q) => 1);
late.all('*', handler);
// app.get('/commented', h)
const text = "app.get('/text', h)";
other.get('/other', h); app.get(`/t/${x}`, h); app.get(PATH, h); axios.get('/axios', h);
function more(app) { app.get('/given', h) }
"""
_GIN = """package main
import "github.com/gin-gonic/gin"
func main() {
  r := gin.Default()
  r.GET("/x", auth, h.List)
  v1 := r.Group("/v1")
  { v1.POST("/items/:id", create) }
  v1.Group("/deep").Any("/d", func(c *gin.Context) {})
  r.Group(prefix).GET("/computed", h)
  r.Handle("PUT", "/h", h)
  // r.GET("/commented", h)
  _ = `r.GET("/text", h)`
  http.GET("/other", h)
}
func more(r *gin.RouterGroup, x Other) { r.DELETE("/given", h); x.GET("/no", h) }
"""


@pytest.mark.parametrize(
    ("name", "source", "expected"),
    [
        (
            "a.py",
            _FASTAPI,
            [
                "GET / root",
                "POST /v1/items/{id} create",
                "GET /v1/items every",
                "PUT /other put_other",
                "GET /many many",
                "POST /many many",
                "GET /added root",
                "DELETE /inner inner",
            ],
        ),
        ("a.py", _FASTAPI.replace("from fastapi", "from other"), []),
        (
            "a.py",
            _FLASK,
            [
                "GET /hello hello",
                "PUT /rule hello",
                "GET /own/<int:id> one",
                "DELETE /own/<int:id> one",
                "GET /new/x x",
            ],
        ),
        ("a.py", _FLASK.replace("from flask", "from other"), []),
        ("a.py", _DJANGO, ["ANY a/<int:year>/ views.year", "ANY ^z$ View"]),
        ("a.py", _DJANGO.replace("from django.urls", "from other"), []),
        (
            "a.js",
            _EXPRESS,
            ["GET /x list.all", "POST /api/items/:id create", "GET /api/b a", "PUT /api/b", "ANY * handler"],
        ),
        ("a.js", _EXPRESS.replace("'express'", "'other'"), []),
        (
            "a.ts",
            "import express from 'express'\nconst app: Application = express()\napp.delete<P>('/x', h)",
            ["DELETE /x h"],
        ),
        ("a.js", "const app = require('express')()\napp.get('/x', h)", ["GET /x h"]),
        (
            "a.go",
            _GIN,
            ["GET /x h.List", "POST /v1/items/:id create", "ANY /v1/deep/d", "PUT /h h", "DELETE /given h"],
        ),
        ("a.go", _GIN.replace("gin-gonic/gin", "other/gin"), []),
    ],
)
def test_routes(tmp_path: Path, name: str, source: str, expected: list[str]) -> None:
    assert shown_routes(module_of(tmp_path, name, source)) == expected


_JS = "import express from 'express'\nconst app = express(), api = express.Router(), r = express.Router()\n"
_PY = "from fastapi import FastAPI, APIRouter\napp = FastAPI()\nr = APIRouter(prefix='/r')\n"
_BP = "from flask import Flask, Blueprint\napp = Flask('x'); c = Blueprint('c', 'c')\n"
_BP += "r = Blueprint('b', 'b', url_prefix='/b/')\n"
_X = "\n@r.get('/x')\ndef f(): ..."
_ITEMS = "\n@sub.get('/items')\ndef f(): ..."
_URLS = "from django.urls import include, path\nfrom django.conf.urls.i18n import i18n_patterns\n"
_GO = """package main
import "github.com/gin-gonic/gin"
func main() { r := gin.Default(); %s }
func deep(g *gin.RouterGroup) { g.GET("/inner", h) }
"""


@pytest.mark.parametrize(
    ("name", "source", "expected"),
    [
        # Python: every mount, or none where one is not certain.
        ("a.py", f"{_PY}sub = FastAPI()\napp.mount('/sub', sub){_ITEMS}", ["GET /sub/items f"]),
        ("a.py", f"{_PY}app.include_router(r, prefix='/v1'); app.include_router(router=r, prefix='/v2'){_X}",
         ["GET /v1/r/x f", "GET /v2/r/x f"]),
        ("a.py", f"{_PY}app.include_router(r, prefix='/v1'); app.include_router(r, prefix=PREFIX){_X}", []),
        ("a.py", f"{_PY}for one in (r,):\n    app.include_router(one){_X}", []),
        ("a.py", f"{_PY}@r.get('x')\ndef f(): ...", []),
        ("a.py", f"{_PY}r, other = APIRouter(prefix='/q'), given()\n@other.get('/o')\ndef o(): ...{_X}",
         ["GET /q/x f"]),
        ("a.py", f"{_BP}{_X}", ["GET /b/x f"]),
        ("a.py", f"{_BP}c.register_blueprint(r); app.register_blueprint(c, url_prefix='/c/'){_X}",
         ["GET /c/b/x f"]),
        ("a.py", f"{_BP}app.register_blueprint(r, url_prefix=None){_X}", ["GET /b/x f"]),
        # Django: patterns inside patterns.
        ("a.py", f"{_URLS}u = [path('grp/', include([path('inner/', v)])), path('t/', (inner, 'a', 'n'))]",
         ["ANY grp/inner/ v"]),
        ("a.py", f"{_URLS}m = [path('x/', v)]; u = [path('a/', include((m, 'n'))), path('b/', include(m))]",
         ["ANY a/x/ v", "ANY b/x/ v"]),
        ("a.py", f"{_URLS}u = [path(P, include([path('x/', v)])), *i18n_patterns(path('y/', v))]", []),
        # Express: the chain of mounts, with what stands between.
        ("a.js", f"{_JS}app.use('/api', auth, api); api.use('/n', r); r.get('/x', h)", ["GET /api/n/x h"]),
        ("a.js", f"{_JS}app.use('/a', r); app.use('/b/', r); r.get('/x', h)", ["GET /a/x h", "GET /b/x h"]),
        ("a.js", f"{_JS}app.use(['/a', '/b'], r); r.get('/x', h)", ["GET /a/x h", "GET /b/x h"]),
        ("a.js", f"{_JS}app.use('/a', [auth(), r]); r.route('/x').get(h)", ["GET /a/x h"]),
        ("a.js", f"{_JS}app.use('/a', r); app.use(PREFIX, r); r.get('/x', h)", []),
        ("a.js", f"{_JS}app.use(auth(), r); r.get('/x', h)", []),
        ("a.js", f"{_JS}given.use('/a', r); r.get('/x', h)", []),
        ("a.js", f"{_JS}app.use(r); r.all('*', h); app.use('/s', api); api.all('*', h)",
         ["ANY * h", "ANY /s/* h"]),
        ("a.js", f"{_JS}app.use('/a', api.use('/b', r)); r.get('/x', h); api.use('/c', api)", []),
        # Gin: joined as it joins them, through calls of the file's own functions.
        ("a.go", _GO % 'r.Group("v1").GET("users", h); r.Group("/v2/").GET("/things/", h); r.POST("", h)',
         ["GET /v1/users h", "GET /v2/things/ h", "POST / h", "GET /inner h"]),
        ("a.go", _GO % 'r.Group("/a").Use(mw).GET("/x", h).POST("/y", h)',
         ["GET /a/x h", "POST /a/y h", "GET /inner h"]),
        ("a.go", _GO % 'r.Match([]string{"GET", "PUT"}, "/m", h); r.Match(METHODS, "/n", h)',
         ["GET /m h", "PUT /m h", "GET /inner h"]),
        ("a.go", _GO % 'deep(r.Group("/passed"))', ["GET /passed/inner h"]),
        ("a.go", _GO % 'deep(r.Group("/a")); deep(r.Group("/b"))', ["GET /a/inner h", "GET /b/inner h"]),
        ("a.go", _GO % 'deep(r.Group("/a")); deep(r.Group(PREFIX))', []),
    ],
)  # fmt: skip
def test_routes_of_what_is_mounted(tmp_path: Path, name: str, source: str, expected: list[str]) -> None:
    assert shown_routes(module_of(tmp_path, name, source)) == expected


_VIEWS = """
from flask import Flask
from flask.views import MethodView, View
import flask.views as v
app = Flask(__name__)
class Users(MethodView):
    init_every_request = False
    def get(self, id): ...
    def post(self): ...
    def helper(self): ...
class Admins(Users):
    def delete(self, id): ...
class Plain(View):
    def dispatch_request(self): ...
class Said(v.View):
    methods = ["GET", "PUT"]
    def dispatch_request(self): ...
class Thing:
    def get(self): ...
view = Users.as_view("users")
app.add_url_rule("/users", view_func=view)
app.add_url_rule("/users/<id>", view_func=view, methods=["GET"])
app.add_url_rule("/admins", view_func=Admins.as_view("admins"))
app.add_url_rule("/plain", "plain", Plain.as_view("plain", 1))
app.add_url_rule("/said", view_func=Said.as_view("said"))
app.add_url_rule("/imported", view_func=Imported.as_view("x"), methods=["POST"])
app.add_url_rule("/unknown", view_func=Imported.as_view("x"))
app.add_url_rule("/thing", view_func=Thing.as_view("x"))
app.add_url_rule("/endpoint", "hello")
"""


def test_views_that_are_classes_answer_what_they_define(tmp_path: Path) -> None:
    assert shown_routes(module_of(tmp_path, "a.py", _VIEWS)) == [
        "GET /users Users",
        "POST /users Users",
        "GET /users/<id> Users",
        "DELETE /admins Admins",
        "GET /admins Admins",
        "POST /admins Admins",
        "GET /plain Plain",
        "GET /said Said",
        "PUT /said Said",
        "POST /imported Imported",
    ]
