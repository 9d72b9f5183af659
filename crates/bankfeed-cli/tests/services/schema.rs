//! `bankfeed schema`

use serde_json::Value;

use super::support::Home;

#[test]
fn the_whole_model_is_printed_the_same_every_time() {
    let run = Home::new().run(&["schema"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let schema: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(schema, bankfeed::json_schema());
    assert_eq!(Home::new().run(&["schema"]).stdout, run.stdout);
}

#[test]
fn one_record_comes_with_what_it_is_made_of() {
    let home = Home::new();
    let whole = bankfeed::json_schema();
    for name in whole["$defs"].as_object().unwrap().keys() {
        let run = home.run(&["schema", "--of", &name.to_uppercase()]);
        assert_eq!(run.code, Some(0), "{name}");
        let schema: Value = serde_json::from_str(&run.stdout).unwrap();
        assert_eq!(schema["$ref"], format!("#/$defs/{name}"));
        let kept = schema["$defs"].as_object().unwrap();
        // Every reference leads somewhere, and nothing else is there.
        for (other, definition) in kept {
            assert_eq!(*definition, whole["$defs"][other]);
            let pointer = format!("\"#/$defs/{other}\"");
            assert!(run.stdout.contains(&pointer), "{name}: nobody needs {other}");
        }
        for pointer in run.stdout.split("\"#/$defs/").skip(1) {
            let target = pointer.split('"').next().unwrap();
            assert!(kept.contains_key(target), "{name}: {target} is missing");
        }
    }
    let arguments = ["schema", "--of", "money"];
    let run = home.run(&arguments);
    let names: Vec<&str> = run.stdout.lines().filter(|line| line.starts_with("    \"")).collect();
    assert_eq!(names, ["    \"Currency\": {", "    \"Amount\": {", "    \"Money\": {"]);
}

#[test]
fn an_unknown_record_is_told_with_the_known_ones() {
    let home = Home::new();
    let arguments = ["schema", "--of", "invoice"];
    home.kept("schema-unknown", &home.run(&arguments).transcript(&arguments));
}
