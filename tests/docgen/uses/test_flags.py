"""Command line options by library: what is declared, and what only looks like it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.docgen.uses.support import module_of, shown_flags, shown_variables

if TYPE_CHECKING:
    from pathlib import Path

_ARGPARSE = """
import argparse
# p.add_argument("--commented")
p = argparse.ArgumentParser()
p.add_argument("-v", "--verbose", action="store_true", help="say more")
p.add_argument("file"); p.add_argument(name); p.add_argument("--hidden", help=argparse.SUPPRESS)
sub = p.add_subparsers()
b = sub.add_parser("build")
g = b.add_argument_group("x")
g.add_argument("--out", default="dist")
b = sub.add_parser("remote").add_subparsers().add_parser("add")
b.add_argument("--url", default=url()); b.add_argument("--token", default="abc")
c = sub.add_parser(name); c.add_argument("--computed")
PUSH = "push"; d = sub.add_parser(PUSH); d.add_argument("--force")
e = d.add_subparsers().add_parser("all"); e.add_argument("--tags")
def more(b):
    b.add_argument("--given")
"""
_CLICK = """
import click
@click.group()
@click.option("--debug/--no-debug", default=False)
def cli(): ...
@cli.command()
@click.option("--count", "-c", default=3, envvar="COUNT", help="how often")
@click.option(NAME)
@click.option("--hidden", hidden=True)
@other.option("--other")
def do_it(count): ...
@cli.group("remote")
def rem(): ...
@rem.command
@click.option("--url")
def add(): ...
@click.command("late")
@click.option("--late")
def late_command(): ...
cli.add_command(late_command)
@cli.command()
@click.option("--unsure")
def unsure_cmd(): ...
shared = click.Option(["-s", "--shared"], help="for all")
"""
_TYPER = """
import typer
from typing import Annotated
app = typer.Typer()
users = typer.Typer()
app.add_typer(users, name="users")
@app.command()
def main(name: str, count: int = 1, force: bool = False, a: str = typer.Argument("x"),
         out: str = typer.Option(..., "--out", "-o", help="where", envvar="OUT")): ...
@app.command("other")
def another(): ...
@users.command()
def new_one(dry: Annotated[bool, typer.Option(help="try")] = False): ...
def helper(x: int = 3): ...
@cache.command()
def no(y: int = 3): ...
"""
_COMMANDER = """
const { Command, Option } = require('commander');
const program = new Command();
// program.option('--commented')
const text = "program.option('--text')";
program.option('-v, --verbose', 'say more').option('-p, --port <n>', "the port", parseInt, 80);
const serve = program.command('serve <dir>').description('x');
serve.option('--token <t>', 'secret', 'abc').option(name, 'computed').option(`--${x}`);
program.command('build').addOption(new Option('-o, --out <d>', 'where').default('dist').env('OUT'))
  .addOption(new Option('--hidden').hideHelp());
program.command('remote').command('add').option('--url <u>');
program.command('run', 'a program of its own').option('--mine');
function more(serve) { serve.option('--given'); }
"""
_COBRA = """package main
import ("flag"; "github.com/spf13/cobra"; pf "github.com/spf13/pflag")
var root = &cobra.Command{Use: "app"}
var serve = &cobra.Command{
  Use: "serve [dir]",
}
var port = flag.Int("port", 8080, "the port")
// flag.Int("commented", 1, "x")
var text = `flag.Int("text", 1, "x")`
func init() {
  serve.Flags().StringVarP(&p, "name", "n", "x", "the name")
  root.PersistentFlags().BoolP("verbose", "v", false, "say more")
  serve.Flags().String(name, "x", "computed")
  other.String("a", "b", "c")
  root.AddCommand(serve)
  deep := &cobra.Command{Use: "deep"}
  serve.AddCommand(deep)
  deep.Flags().Count("level", "how deep")
  deep.Flags().String("password", "abc", "")
}
func more(fs *pf.FlagSet) { fs.DurationVar(&d, "wait", time.Second, "how long"); fs.Var(&v, "value", "any") }
func main() { root.Execute(); fs := flag.NewFlagSet("x", flag.ExitOnError); fs.Bool("q", true, "") }
"""
_CLAP_DERIVE = """
use clap::{Parser, Subcommand};
#[derive(Parser, Debug)]
#[command(name = "x")]
struct Cli {
    /// The port.
    #[arg(short, long, default_value_t = 5, env = "PORT")]
    port: u16,
    #[arg(long = "out-dir", default_value = "dist")] out: String,
    // #[arg(long)] commented: bool,
    #[arg(long, hide = true)] hidden: bool,
    #[arg(long, default_value = compute())] dry_run: bool,
    file: String,
}
#[derive(Subcommand)]
enum Cmd { AddAll { #[arg(short = 'q')] quiet: bool }, Rm(RmArgs),
    #[command(name = "zed")] Z { #[arg(long)] z: u8 } }
#[derive(clap::Args)]
struct RmArgs { #[clap(long)] force: bool }
#[derive(Debug)]
struct Other { #[arg(long)] no: bool }
"""
_CLAP_BUILDER = """
use clap::{Arg, Command};
fn f() {
    // Arg::new("c").long("commented")
    Command::new("app")
        .arg(Arg::new("port").long("port").short('p').help("the port").default_value("80").env("PORT"))
        .arg(Arg::new("file")).arg(Arg::new("x").long(name)).arg(Arg::new("h").long("hidden").hide(true))
        .subcommand(Command::new("serve").arg(Arg::new("d").long("dir"))
            .subcommand(Command::new("fast").arg(Arg::new("n").short('n'))));
    let text = "Arg::new(1).long(2)"; Other::new("o").long("other");
}
"""
_CLAP_2 = """
#[macro_use] extern crate clap;
fn main() {
    let m = app_from_crate!().arg(clap::Arg::with_name("base").help("the base").short("b").long("base"))
        .subcommand(clap::SubCommand::with_name("add").arg(clap::Arg::with_name("f").short("-f")))
        .get_matches();
}
"""


@pytest.mark.parametrize(
    ("name", "source", "expected"),
    [
        (
            "a.py",
            _ARGPARSE,
            [
                "-v,--verbose (say more)",
                "build: --out='dist'",
                "remote add: --url",
                "remote add: --token=…",
                "--computed",
                "push: --force",
                "push all: --tags",
                "--given",
            ],
        ),
        ("a.py", _ARGPARSE.replace("import argparse", ""), []),
        (
            "app/management/commands/load.py",
            "from django.core.management.base import BaseCommand\np.add_argument('--all')",
            ["load: --all"],
        ),
        (
            "a.py",
            _CLICK,
            [
                "--debug,--no-debug=False",
                "do-it: --count,-c=3 (how often)",
                "remote add: --url",
                "late: --late",
                "--unsure",
                "-s,--shared (for all)",
            ],
        ),
        ("a.py", "from my import option\n@option('--x')\ndef f(): ...", []),
        ("a.py", "from click import option as o\n@o('--x')\ndef f(): ...", ["--x"]),
        (
            "a.py",
            _TYPER,
            [
                "main: --count=1",
                "main: --force,--no-force=False",
                "main: --out,-o (where)",
                "users new-one: --dry,--no-dry=False (try)",
            ],
        ),
        (
            "a.py",
            "import typer\napp = typer.Typer()\n@app.command()\ndef f(deep_level: int = 1): ...",
            ["--deep-level=1"],
        ),
        ("a.py", "import mytyper as typer\ndef f(x: int = typer.Option(1)): ...", []),
        (
            "a.js",
            _COMMANDER,
            [
                "-v,--verbose (say more)",
                "-p,--port=80 (the port)",
                "serve: --token=… (secret)",
                "build: -o,--out='dist' (where)",
                "remote add: --url",
                "--mine",
                "--given",
            ],
        ),
        ("a.js", _COMMANDER.replace("'commander'", "'other'"), []),
        (
            "a.ts",
            (
                "import cac from 'cac'\nconst cli = cac('x')\n"
                "cli.command('dev [root]', 'start').option('--port <p>', 'which', { default: 3 })\n"
                "function more(cli: Cli) { cli.option('--given') }"
            ),
            ["dev: --port=3 (which)", "--given"],
        ),
        (
            "a.go",
            _COBRA,
            [
                "-port=8080 (the port)",
                'serve: -n,--name="x" (the name)',
                "-v,--verbose=false (say more)",
                "serve deep: --level (how deep)",
                "serve deep: --password=…",
                "--wait (how long)",
                "--value (any)",
                "-q=true",
            ],
        ),
        ("a.go", 'package a\nimport "my/flag"\nvar x = flag.Int("port", 1, "x")', []),
        (
            "a.rs",
            _CLAP_DERIVE,
            [
                "-p,--port=5 (The port.)",
                '--out-dir="dist"',
                "--dry-run",
                "add-all: -q",
                "zed: --z",
                "rm: --force",
            ],
        ),
        ("a.rs", _CLAP_DERIVE.replace("clap", "other"), []),
        ("a.rs", _CLAP_BUILDER, ['-p,--port="80" (the port)', "serve: --dir", "serve fast: -n"]),
        ("a.rs", _CLAP_2, ["-b,--base (the base)", "add: -f"]),
    ],
)
def test_flags(tmp_path: Path, name: str, source: str, expected: list[str]) -> None:
    assert shown_flags(module_of(tmp_path, name, source)) == expected


_PARSER = "import argparse\np = argparse.ArgumentParser()\n"
_PORT = 'p.add_argument("--port", default=8000)'
_OTHER = "o = webdriver.ChromeOptions(); o.add_argument('--headless=new'); o.add_argument('--no-sandbox')\n"
_MAKES = "import argparse\nq = make()\nq.add_argument('--made')\n"
_OWN = "import argparse\nclass Own(argparse.ArgumentParser): ...\nq = Own()\nq.add_argument('--own')\n"
_APP = "import typer\nfrom typing import Annotated, Optional\napp = typer.Typer()\n@app.command()\n"
_RUN = "import typer\ndef f(port: int = 1): ...\ndef g(x: int = 2): ...\ntyper.run(f)"
_JS = "const { Command } = require('commander'), program = new Command('tool'), c = new Command('add');\n"
_REMOTE = "c.option('--x'); const r = new Command('remote'); r.addCommand(c); program.addCommand(r).parse()"
_RS = "use clap::{Parser, Subcommand};\n#[derive(Parser)]\n"
_SNAKE = """use clap::Subcommand;
#[derive(Subcommand)]
#[clap(rename_all = "snake_case")]
enum C { DoIt { #[arg(long)] x_y: u8 } }
"""
_NESTED = """struct C { #[command(subcommand)] c: Cmd }
#[derive(Subcommand)]
enum Cmd { #[command(subcommand)] Remote(Rem), Store { #[command(subcommand)] s: Option<Kept> } }
#[derive(Subcommand)]
enum Rem { Add { #[arg(long)] x: u8 } }
#[derive(Subcommand)]
enum Kept { Get(GetArgs), Put(GetArgs) }
#[derive(Args)]
struct GetArgs { #[arg(long)] y: u8 }
"""


@pytest.mark.parametrize(
    ("name", "source", "expected"),
    [
        # What has such a method and is no parser.
        ("a.py", f"{_PARSER}{_OTHER}{_PORT}\ndef f(given): given.add_argument('--given')", ["--port=8000"]),
        ("a.py", f"{_PARSER}def f(chrome_options): chrome_options.add_argument('--x')", []),
        ("a.py", f"{_PARSER}p.add_argument('--window-size=1,1')\np.add_argument('-')", []),
        ("a.py", f"{_OWN}foo().add_argument('--foo')", ["--own"]),
        ("a.py", f"{_MAKES}def make(): return P()", ["--made"]),
        ("a.py", _MAKES, []),
        # The default that is in force.
        ("a.py", f"{_PARSER}{_PORT}\np.set_defaults(port=9000)", ["--port=9000"]),
        ("a.py", f"{_PARSER}p.set_defaults(port=9000)\n{_PORT}", ["--port=8000"]),
        ("a.py", f"{_PARSER}{_PORT}\np.set_defaults(**read())", ["--port"]),
        ("a.py", f"{_PARSER}g = p.add_argument_group()\ng{_PORT[1:]}\np.set_defaults(port=1)", ["--port=1"]),
        ("a.py", f"import argparse\ndef f(p):\n    {_PORT}\ndef g(p): p.set_defaults(port=1)", ["--port"]),
        ("a.py", f"{_PARSER}p.add_argument('--no-color', action='store_false', default=True)",
         ["--no-color"]),
        # Names that typer makes, and what is a default and no name.
        ("a.py", f"{_APP}def f(out: str = typer.Option('-', '--output', '-o')): ...", ["--output,-o='-'"]),
        ("a.py", f"{_APP}def f(_private: int = 1): ...", []),
        ("a.py", f"{_APP}def f(a: Optional[bool] = None, b: bool | None = None): ...",
         ["--a,--no-a", "--b,--no-b"]),
        ("a.py", _RUN, ["--port=1"]),
        # Programs and subcommands that are made by hand, and what is none.
        ("a.js", f"{_JS}const other = {{ option() {{}} }}; other.option('--no'); make().option('--m')", []),
        ("a.js", f"{_JS}program.option('--own'); program.parse(); c.option('--x')", ["--own", "add: --x"]),
        ("a.js", f"{_JS}{_REMOTE}", ["remote add: --x"]),
        ("a.js", f"{_JS}const d = new Command(NAME); d.option('--x')", []),
        ("a.js", f"{_JS}program.addCommand(program).option('--self')", ["tool: --self"]),
        # How clap spells names, and which subcommands lead to them.
        ("a.rs", f'{_RS}#[command(rename_all = "snake_case")]\nstruct C {{ #[arg(long)] dry_run: bool }}',
         ["--dry_run"]),
        ("a.rs", f'{_RS}#[command(rename_all = "UPPER")]\nstruct C {{ #[arg(long, short = \'d\')] d: u8 }}',
         ["-d"]),
        ("a.rs", _SNAKE, ["do_it: --x_y"]),
        ("a.rs", _RS + _NESTED, ["remote add: --x", "store get: --y", "store put: --y"]),
    ],
)  # fmt: skip
def test_flags_of_what_declares_them(tmp_path: Path, name: str, source: str, expected: list[str]) -> None:
    assert shown_flags(module_of(tmp_path, name, source)) == expected


@pytest.mark.parametrize(
    ("name", "source", "expected"),
    [
        ("a.rs", _RS + "struct C { #[arg(long, env)] log_level: u8, #[arg(env = N)] n: u8 }", ["LOG_LEVEL"]),
        ("a.py", _CLICK, ["COUNT=3"]),
        ("a.py", _TYPER, ["OUT"]),
        ("a.js", _COMMANDER, ["OUT='dist'"]),
        ("a.rs", _CLAP_DERIVE, ["PORT=5"]),
        ("a.rs", _CLAP_BUILDER, ['PORT="80"']),
    ],
)
def test_variables_that_stand_in_for_options(
    tmp_path: Path, name: str, source: str, expected: list[str]
) -> None:
    assert shown_variables(module_of(tmp_path, name, source)) == expected


def test_a_command_is_that_of_the_nearest_assignment(tmp_path: Path) -> None:
    source = (
        'package a\nimport "github.com/spf13/cobra"\n'
        'func one() { cmd := &cobra.Command{Use: "one"}; cmd.Flags().Int("a", 1, "") }\n'
        'func two() { cmd := &cobra.Command{Use: "two"}; cmd.Flags().Int("b", 2, "") }\n'
        'func three(cmd *cobra.Command) { cmd.Flags().Int("c", 3, "") }\n'
    )
    assert shown_flags(module_of(tmp_path, "a.go", source)) == ["one: --a=1", "two: --b=2", "--c=3"]


def test_what_a_library_gives_to_the_commands_of_others_is_not_its_own(tmp_path: Path) -> None:
    source = (
        'package cobra\nimport flag "github.com/spf13/pflag"\n'
        'func (c *Command) InitDefaultHelpFlag() { c.Flags().BoolP("help", "h", false, "") }\n'
        'func own() { set := flag.NewFlagSet("x", 0); set.Bool("own", true, "") }\n'
    )
    assert shown_flags(module_of(tmp_path, "a.go", source)) == ["--own=true"]
