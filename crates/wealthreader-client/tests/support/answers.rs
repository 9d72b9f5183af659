//! Answers of operations that the older documentation does not print, by the newer description.

pub const CATEGORY_TYPES: &str = r#"[[{"type":"0","literal":"Other"},{"type":"1","literal":"Investments"}]]"#;

pub const CARDS_WEBHOOK: &str = r#"{"success":true,"payload":{"webhook_url":"https://example.com/cards",
    "webhook_secret":"0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0","active":true}}"#;

pub const ENROLLMENT: &str = r#"{"success":true,"payload":{"enrollment_id":"0f3a9c7b1d2e4f5a6b7c8d9e0f1a2b3c","status":"pending",
    "email":"employee@example.com","expires_at":"2026-07-11T14:22:11+02:00","confirmed_at":null,"user_id":null}}"#;

pub const CARD_TRANSACTIONS: &str = r#"{"success":true,"payload":{"transactions":[{"id":217,
    "payment_id":"550e8400-e29b-41d4-a716-446655440000","user_id":"e9f4","email":"employee@example.com","card_last4":"1234",
    "entity_code":"bbva","operation_date":"2026-07-11","value_date":"2026-07-11","amount":-57.60,"currency":null,
    "description":"SAKE","merchant":"SAKE","category":"Other","gps":{"lat":39.4661559,"lon":-0.3679207},
    "received_at":"2026-07-11T14:02:11+02:00"}],"next_since_id":null}}"#;
