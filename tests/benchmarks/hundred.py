"""A hundred published sources in ten languages, by turns of the languages.

So a smaller number of them is of all languages, too. Versions are pinned where the registry keeps old ones.
"""

from __future__ import annotations

from itertools import chain, zip_longest

from tests.benchmarks.sources import TEN, Source

# PyPI: the source distribution.
_PYTHON = """
    flask==3.1.3 jinja2==3.1.6 itsdangerous==2.2.0 packaging==26.3 tomli==2.5.0 urllib3==2.8.0 pluggy==1.7.0
    platformdirs==4.14.5 tabulate==0.10.0 toolz==1.2.0 sortedcontainers==2.4.0 httpcore==1.0.9 h11==0.16.0
    blinker==1.9.0 cachetools==8.0.0 humanize==4.17.0 pyjwt==2.15.1 boltons==26.2.0 docopt==0.6.2
    bottle==0.13.4 mistune==3.4.0 python-dotenv==1.1.0
"""
# npm: what is published as it was written.
_JAVASCRIPT = """
    express@5.3.0 koa@3.2.1 debug@4.4.3 ms@2.1.3 semver@7.8.6 qs@6.17.1 morgan@1.12.1 cors@2.8.6
    body-parser@2.4.0 ejs@7.0.2 minimist@1.2.8 passport@0.7.0 fastify@5.12.8
"""
_TYPESCRIPT = """
    immer@11.2.10 redux@5.0.1 reselect@5.3.0 redux-thunk@3.1.0 tiny-invariant@1.3.3 mobx@7.1.3 ajv@8.20.0
    zod@4.6.7
"""
# Debian: by the package; the code lies where each language has it.
_GO = """
    spf13-pflag spf13-cast spf13-afero gorilla-mux gorilla-websocket gorilla-sessions pkg-errors fatih-color
    fsnotify-fsnotify google-uuid hashicorp-golang-lru julienschmidt-httprouter mattn-go-isatty
    mitchellh-mapstructure sirupsen-logrus urfave-cli burntsushi-toml
"""
_RUST = """
    anyhow arrayvec bitflags either fnv glob heck hex httparse humantime itoa log once-cell ryu semver
    smallvec strsim walkdir
"""
_RUBY = "addressable builder hashie i18n kramdown mustermann rouge sinatra slop thor tzinfo public-suffix"
_PHP = """
    psr-log monolog twig parsedown nikic-fast-route pimple doctrine-lexer doctrine-inflector symfony-yaml
    symfony-finder symfony-string guzzlehttp-psr7
"""
_CPP = "libcli11-dev rapidjson-dev libcxxopts-dev libtclap-dev libtoml11-dev libutfcpp-dev uthash-dev"


def _pinned(registry: str, language: str, names: str, inside: str = "") -> list[Source]:
    mark = "==" if registry == "pypi" else "@"
    pairs = (name.rpartition(mark) for name in names.split())
    return [Source(name, registry, language, version, inside) for name, _, version in pairs]


def _debian(language: str, form: str, names: str, inside: str) -> list[Source]:
    return [Source(form.format(name), "debian", language, inside=inside) for name in names.split()]


_BY_LANGUAGE = (
    _pinned("pypi", "Python", _PYTHON),
    _pinned("npm", "JavaScript", _JAVASCRIPT, "package"),
    _pinned("npm", "TypeScript", _TYPESCRIPT, "package"),
    _debian("Go", "golang-github-{}-dev", _GO, "usr/share/gocode/src/*/*/*"),
    _debian("Rust", "librust-{}-dev", _RUST, "usr/share/cargo/registry/*"),
    _debian("Ruby", "ruby-{}", _RUBY, "usr/share/rubygems-integration/all/gems/*"),
    _debian("PHP", "php-{}", _PHP, "usr/share/php"),
    _debian("C++", "{}", _CPP, "usr/include"),
)
HUNDRED = (*TEN, *(each for each in chain(*zip_longest(*_BY_LANGUAGE)) if each))[:100]
