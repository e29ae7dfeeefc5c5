//! What others build on is written down in `tests/golden` and compared; `make golden` renews it after a wanted change.

use std::{fs, path::Path, process::Command};

/// Compares `found` with the golden file `name`, or writes it there when UPDATE_GOLDEN is set.
pub fn is_golden(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, found).unwrap();
    }
    let golden = fs::read_to_string(&path).unwrap_or_default();
    let differs = golden.lines().zip(found.lines()).position(|(golden, found)| golden != found);
    assert!(
        golden == found,
        "{name} changed, first in line {differs:?} (counted from 0): if it should, run make golden"
    );
}

fn printed(command: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_zengxin")).arg(command).output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_interface_is_the_one_written_down() {
    is_golden("openapi.json", &printed("openapi"));
}

#[test]
fn the_rulebook_is_the_one_that_was_reviewed() {
    is_golden("rulebook.txt", &printed("rulebook"));
}

#[test]
fn the_permissions_are_the_ones_that_were_reviewed() {
    use zengxin::auth::{Action, Role, allows};
    let mut table = format!("{:<28}", "action");
    for role in Role::ALL {
        table += &format!(" {role:<16}");
    }
    table += "machine's grant / others\n";
    for action in Action::ALL {
        table += &format!("{action:<28}");
        for role in Role::ALL {
            table += &format!(" {:<16}", if allows(*role, *action) { "yes" } else { "-" });
        }
        let others = match (action.grant(), action.is_public(), action.is_operators()) {
            (Some(grant), ..) => grant.word(),
            (None, true, _) => "before a login",
            (None, false, true) => "operator",
            (None, false, false) => "",
        };
        table = format!("{}\n", format!("{table}{others}").trim_end());
    }
    is_golden("permissions.txt", &table);
}
