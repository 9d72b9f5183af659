//! Who may call, and how each kind of operation says no.

use serde_json::json;

use super::{get, sandbox, support};

#[tokio::test]
async fn a_wrong_key_is_refused_in_the_shape_of_each_operation() {
    let sandbox = sandbox().await;
    let url = sandbox.wealthreader().url;
    let key = [("api_key", "WRONG111")];
    for (path, status) in [("/entities/", 200), ("/verify/iban-ownership/", 400)] {
        let answer = support::form(&format!("{url}{path}"), &[], &key).await.expect(status);
        assert_eq!((&answer["success"], &answer["error"]["code"]), (&json!(false), &json!(2)), "{path}");
        assert!(answer["statistics"]["SESSION"].is_string());
    }
    for path in ["/tokens/", "/tokens/revoke/", "/domains/", "/user/register/", "/user/check/", "/user/revoke/"] {
        let reply = support::form(&format!("{url}{path}"), &[], &key).await;
        assert!(reply.refused().starts_with("body api_key"), "{path}");
        let answer = reply.expect(401);
        assert!(answer["message"].is_string() && answer.get("error").is_none(), "{path}");
    }
    for (path, status) in
        [("/batch/load/", 401), ("/batch/fetch/statistics/", 404), ("/batch/fetch/connection-result/", 404)]
    {
        let reply = support::json("POST", &format!("{url}{path}"), &[], &json!({ "api_key": "WRONG111" })).await;
        assert_eq!(reply.expect(status)["error"]["code"], 2, "{path}");
    }
    for path in ["/cards/webhook/", "/cards/enrollments/"] {
        let reply = support::json("POST", &format!("{url}{path}"), &[], &json!({})).await;
        assert_eq!(reply.expect(401)["code"], "unauthorized", "{path}");
    }
    for path in ["/cards/enrollments/?enrollment_id=1&api_key=WRONG111", "/cards/transactions/"] {
        assert_eq!(get(&sandbox, path).await.expect(401)["code"], "unauthorized", "{path}");
    }
}

#[tokio::test]
async fn the_lists_of_codes_and_banks_are_public() {
    let sandbox = sandbox().await;
    let errors = get(&sandbox, "/error-codes/?lang=en").await.expect(200);
    let errors = errors[0].as_array().unwrap().clone();
    assert_eq!(errors.len(), 40);
    assert_eq!(errors.iter().filter(|code| code["fatal"] == true).count(), 18);
    let spanish = get(&sandbox, "/error-codes/").await.expect(200);
    assert_ne!(spanish[0][0]["description"], errors[0]["description"]);
    assert_eq!(get(&sandbox, "/warning-codes/?lang=es").await.expect(200)[0].as_array().unwrap().len(), 14);
    let categories = get(&sandbox, "/entities/category-types/?lang=en").await.expect(200);
    assert!(categories[0].as_array().unwrap().iter().any(|category| category["literal"] == "Groceries"));
    let all = get(&sandbox, "/entities/?show_only_tested=0").await.expect(200);
    let tested = get(&sandbox, "/entities/?show_only_tested=1").await.expect(200);
    assert_eq!((all.as_array().unwrap().len(), tested.as_array().unwrap().len()), (3, 2));
    let refused = get(&sandbox, "/entities/?show_only_tested=2").await;
    assert_eq!((refused.status, refused.json()["error"]["code"].as_i64()), (400, Some(2)));
}
