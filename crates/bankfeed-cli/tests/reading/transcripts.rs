//! What every command prints: on a narrow terminal and a wide one, with colour and without, for people and for programs.

use unicode_width::UnicodeWidthStr as _;

use crate::common::{Config, closed_port, ended, run, snapshot, transcript};

#[test]
fn overview() {
    snapshot(
        "overview",
        &transcript(&[
            "--sandbox -f table --width 80 -p wealthreader",
            "--sandbox -f table --width 130 -p wealthreader -p khipu",
            "--sandbox -f csv -p khipu overview",
        ]),
    );
}

#[test]
fn providers() {
    snapshot(
        "providers",
        &transcript(&["providers -f table --width 80", "providers --sandbox -f jsonl", "providers -f csv"]),
    );
}

#[test]
fn institutions() {
    snapshot(
        "institutions",
        &transcript(&[
            "--sandbox institutions -f table --width 80 --search fict",
            "--sandbox institutions -f table --limit 3 --country DE",
            "--sandbox institutions -f jsonl --limit 1",
            "--sandbox institutions -f csv --limit 2 -p belvo",
        ]),
    );
}

#[test]
fn connections() {
    snapshot(
        "connections",
        &transcript(&[
            "--sandbox connections -f table --width 80",
            "--sandbox connections -f table --color always -p saltedge",
            "--sandbox connections list -f jsonl -p wealthreader",
            "--sandbox connections refresh -f table -p belvo 1aef82b0a2c5",
            "--sandbox connections remove -p belvo 1aef82b0a2c5",
            "--sandbox connections remove --yes -p belvo 1aef82b0a2c5",
            "--sandbox connections connect",
            "--sandbox connections refresh nowhere",
        ]),
    );
}

#[test]
fn accounts() {
    snapshot(
        "accounts",
        &transcript(&[
            "--sandbox accounts -f table --width 80 --connection 2baa18cafc05",
            "--sandbox accounts -f table --width 130 -p wealthreader",
            "--sandbox accounts -f json -p khipu",
            "--sandbox accounts -f csv -p khipu",
            "--sandbox accounts --connection nowhere -f table",
        ]),
    );
}

#[test]
fn balances() {
    snapshot(
        "balances",
        &transcript(&[
            "--sandbox balances -f table --width 80 -p wealthreader -p khipu",
            "--sandbox balances -f table --width 130 --color always --connection 2baa18cafc05",
            "--sandbox balances -f table --all --account b92720f1fd38",
            "--sandbox balances -f jsonl --account #b92720f1fd38",
            "--sandbox balances -f csv -p khipu",
        ]),
    );
}

#[test]
fn transactions() {
    snapshot(
        "transactions",
        &transcript(&[
            "--sandbox transactions -f table --width 80 --limit 8",
            "--sandbox transactions -f table --width 130 --limit 12",
            "--sandbox transactions -f table --color always --limit 4 -p saltedge --since 2026-02-01",
            "--sandbox transactions -f table --quiet --status future --until 2026-06-30 -p wealthreader",
            "--sandbox transactions -f table --status information --limit 5 -p wealthreader",
            "--sandbox transactions -f csv --status information --limit 2 -p wealthreader",
            "--sandbox transactions -f table --account b92720f1fd38",
            "--sandbox transactions -f json --limit 1 -p belvo",
            "--sandbox transactions -f jsonl --limit 1",
            "--sandbox transactions -f csv --limit 2 --status pending",
            "--sandbox transactions -f csv --limit 4 --status booked --sort",
        ]),
    );
}

#[test]
fn holdings() {
    snapshot(
        "holdings",
        &transcript(&[
            "--sandbox holdings -f table --width 80 -p belvo",
            "--sandbox holdings -f table --width 130 -p wealthreader",
            "--sandbox holdings -f jsonl -p wealthreader --account 'Cartera de bonos'",
            "--sandbox holdings -f csv -p wealthreader --account 'Cartera de bonos'",
        ]),
    );
}

#[test]
fn tables_keep_to_their_width_and_no_line_ends_in_space() {
    for command in ["overview", "institutions", "connections", "accounts", "balances", "transactions", "holdings"] {
        for width in [80, 100, 120, 160] {
            let run = run(&["--sandbox", "-f", "table", "--width", &width.to_string(), command]);
            assert!(run.stdout.lines().count() > 5, "{command}: {}", run.stderr);
            for line in run.stdout.lines() {
                assert!(line.width() <= width, "{command}: {} columns for {width}: {line}", line.width());
                assert_eq!(line.trim_end(), line, "{command}");
            }
        }
    }
}

#[test]
fn completions_and_manual() {
    let first = |arguments: &[&str]| {
        let run = run(arguments);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
        let lines: Vec<&str> = run.stdout.lines().take(5).collect();
        format!("$ bankfeed {}\n{}\n", arguments.join(" "), lines.join("\n"))
    };
    let shells = ["bash", "zsh", "fish", "powershell", "elvish"];
    let mut text: Vec<String> = shells.iter().map(|shell| first(&["completions", shell])).collect();
    text.push(first(&["man"]));
    text.push(first(&["man", "transactions"]));
    snapshot("completions-and-manual", &text.join("\n"));
}

#[test]
fn help() {
    snapshot("help", &transcript(&["-h", "transactions -h"]));
}

#[test]
fn what_people_get_wrong() {
    snapshot(
        "errors-arguments",
        &transcript(&[
            "--sandbox transactions --since tomorrow",
            "--sandbox transactions --since 2026-03-01 --until 2026-02-01",
            "--sandbox transactions --account nowhere",
            "--sandbox transactions --account 'Everyday Account' -p saltedge",
            "--sandbox transactions --resume nonsense",
            "--sandbox --sandbox-fault 'belvo list_accounts bad-luck' accounts",
            "accounts -p plaid",
            "man nowhere",
        ]),
    );
}

#[test]
fn what_providers_and_networks_get_wrong() {
    let mut text = transcript(&[
        "--sandbox -p belvo -f csv --sandbox-fault 'belvo * status code=401' accounts",
        "--sandbox -p belvo -f csv --sandbox-fault 'belvo * rate-limit' accounts",
        "--sandbox -p saltedge -f csv --sandbox-fault 'saltedge list_accounts consent-expired' accounts",
        "--sandbox -p khipu -p belvo -f csv --sandbox-fault 'belvo * cut' accounts",
        "--sandbox -p khipu -p belvo -f table --sandbox-fault 'belvo * cut' balances",
        "--sandbox -p saltedge -f csv --sandbox-fault 'saltedge list_accounts unknown-enum' accounts --connection 29a0fa51d0e0",
        "--sandbox -p saltedge -f csv --sandbox-fault 'saltedge list_accounts unknown-enum' accounts --connection 29a0fa51d0e0 -q",
        "--sandbox -p saltedge -f table --width 80 --sandbox-fault 'saltedge list_accounts nulls at=/data/0/id' accounts --connection 29a0fa51d0e0",
    ]);
    let address = format!("http://127.0.0.1:{}", closed_port());
    let config = Config::new(&format!(
        "[profiles.default.belvo]\nsecret_id = \"an id\"\nsecret_password = \"a password\"\nbase_url = \"{address}\"\n"
    ));
    text += "\n";
    text += &ended(&mut config.bankfeed(&["accounts"])).transcript("bankfeed accounts    # nobody listens at base_url");
    snapshot("errors-providers", &text);
}
