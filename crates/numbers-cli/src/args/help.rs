//! The text below the options in `--help`: examples, exit codes, and where the documentation is.

pub(crate) const NUMBERS: &str = "\
Examples:
  numbers demo
  numbers vendors synthflow

Exit codes:
  0    success
  1    the output could not be written
  2    usage, configuration or input is wrong: nothing was sent
  3, 4, 130: see `numbers release --help` and `numbers apply --help`

Documentation: docs/cli.md in the source, and the manual page numbers(1)";

pub(crate) const RELEASE: &str = "\
A release can't be undone. It may cancel a subscription, and the number may go to somebody else.
Keys and tokens come from the environment or the configuration file: `numbers vendors VENDOR`.

Examples:
  numbers release synthflow 33782990580 --dry-run
  numbers release twochat --from ids.txt --yes --format json > results.jsonl

Exit codes:
  0    every number is released, accepted or absent
  1    the output could not be written
  2    usage, configuration or input is wrong, or not confirmed: nothing was sent
  3    some failed, none is unknown
  4    some are unknown: they may have been released
  130  interrupted

Documentation: docs/cli.md in the source, and the manual page numbers-release(1)";

pub(crate) const PLAN: &str = "\
Nothing is sent. Every id is checked as its vendor demands, and the plan is bound to the account.
Keys and tokens come from the environment or the configuration file: `numbers vendors VENDOR`.

Examples:
  numbers plan synthflow --from ids.txt --out leave.plan
  numbers plan exotel --from numbers.csv --column sid --out leave.plan

Exit codes: 0, 1 if the plan could not be written, 2 if an id, the usage or the configuration is wrong
Documentation: docs/batch.md in the source, and the manual page numbers-plan(1)";

pub(crate) const APPLY: &str = "\
A release can't be undone. It may cancel a subscription, and the number may go to somebody else.
The first Ctrl-C lets what is in flight finish; the second leaves at once. Nothing is sent twice,
unless --resend-unknown asks for it.

Examples:
  numbers apply leave.plan
  numbers apply leave.plan --rate 45/min --yes --format json >> results.jsonl

Exit codes:
  0    every number of the plan is released, accepted or absent
  1    the output could not be written; the results are in the journal
  2    usage, configuration, plan or journal is wrong, or not confirmed: nothing was sent
  3    some failed or are still pending, none is unknown
  4    some are unknown: they may have been released
  130  interrupted: run the same command to resume

Documentation: docs/batch.md in the source, and the manual page numbers-apply(1)";

pub(crate) const STATUS: &str = "\
It changes nothing, and works while `numbers apply` runs.

Examples:
  numbers status --journal leave.plan.journal --summary
  numbers status --journal leave.plan.journal --format csv > status.csv

Exit codes: 0, 1 if the output could not be written, 2 if the journal can't be read
Documentation: docs/batch.md in the source, and the manual page numbers-status(1)";

pub(crate) const REPORT: &str = "\
The page needs no network. It changes nothing, and works while `numbers apply` runs.

Examples:
  numbers report --journal leave.plan.journal --out leave.html
  numbers report --plan leave.plan --out leave.html

Exit codes: 0, 1 if the page could not be written, 2 if the journal can't be read
Documentation: docs/batch.md in the source, and the manual page numbers-report(1)";

pub(crate) const VENDORS: &str = "\
Nothing is sent, no secret is shown, and no command for a secret is run.

Examples:
  numbers vendors
  numbers vendors exotel --profile mumbai --format json

Exit codes: 0, 1 if the output could not be written, 2 if the configuration is wrong
Documentation: docs/cli.md in the source, and the manual page numbers-vendors(1)";

pub(crate) const DEMO: &str = "\
Nothing leaves this machine, and no account is needed.

Examples:
  numbers demo
  numbers demo | less

Exit codes: 0, 1 if the output could not be written, 2 if it can't start, 3 on an unexpected response
Documentation: docs/cli.md in the source, and the manual page numbers-demo(1)";

pub(crate) const SANDBOX: &str = "\
The numbers are made up, and nothing leaves this machine: a rehearsal with every command. What is
released stays released until the sandbox ends.

Examples:
  numbers sandbox | tee sandbox.env
  numbers sandbox --port 7000

Exit codes: 0 after Ctrl-C, 1 if the output could not be written, 2 if it can't start
Documentation: docs/cli.md in the source, and the manual page numbers-sandbox(1)";

pub(crate) const COMPLETIONS: &str = "\
Examples:
  numbers completions bash > ~/.local/share/bash-completion/completions/numbers
  numbers completions fish > ~/.config/fish/completions/numbers.fish

Exit codes: 0, 1 if the output could not be written
Documentation: docs/cli.md in the source, and the manual page numbers-completions(1)";
