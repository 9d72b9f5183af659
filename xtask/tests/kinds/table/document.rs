//! The document around its operations: servers, credentials, tags, callbacks, words.

use crate::case::Proof::Compiles;
use crate::case::{Case, breaks, case};

pub(super) const CASES: &[Case] = &[
    case(
        "base-url",
        &[("https://api.harbour.example/v3", "https://api.harbour.example/v4")],
        &["careful base-url-changed"],
        Compiles,
    )
    .wire(&["/v4"]),
    case(
        "second-server",
        &[(
            "description: Production. }\n",
            "description: Production. }\n  - { url: 'https://test.harbour.example/v3', description: Tests. }\n",
        )],
        &["safe servers-changed"],
        Compiles,
    ),
    case(
        "server-description",
        &[("description: Production. }", "description: The only one. }")],
        &["docs docs-changed"],
        Compiles,
    ),
    case("version", &[("version: '3.1'", "version: '3.2'")], &["safe version-changed"], Compiles).wire(&["3.2"]),
    case("title", &[("title: Harbour Data API", "title: Harbour API")], &["docs docs-changed"], Compiles),
    case(
        "contact",
        &[("contact: { name: Harbour,", "contact: { name: Harbour Ltd,")],
        &["docs docs-changed"],
        Compiles,
    ),
    case(
        "document-description",
        &[("consents of an invented provider", "consents of a made-up provider")],
        &["docs docs-changed"],
        Compiles,
    ),
    case(
        "tag-description",
        &[("description: Banks that can be read. }", "description: Banks. }")],
        &["docs docs-changed"],
        Compiles,
    ),
    case(
        "tag-added",
        &[(
            "tags:\n  - { name: institutions,",
            "tags:\n  - { name: loans, description: Loans. }\n  - { name: institutions,",
        )],
        &["safe tag-added"],
        Compiles,
    ),
    case(
        "security-scheme-changed",
        &[("name: X-Harbour-Key,", "name: X-Key,")],
        &["careful security-scheme-changed"],
        Compiles,
    )
    .wire(&["X-Key"]),
    case(
        "security-scheme-added",
        &[(
            "    Key: { type: apiKey,",
            "    Token: { type: http, scheme: bearer, description: A token., x-sensitive: secret }\n    Key: { type: apiKey,",
        )],
        &["safe security-scheme-added"],
        Compiles,
    ),
    case(
        "security-scheme-replaced",
        &[
            ("security:\n  - { Key: [] }\n", "security:\n  - { Token: [] }\n"),
            (
                "    Key: { type: apiKey, in: header, name: X-Harbour-Key, description: A key from the provider., x-sensitive: secret }",
                "    Token: { type: http, scheme: bearer, description: A token., x-sensitive: secret }",
            ),
        ],
        &["careful security-changed", "careful security-scheme-removed", "safe security-scheme-added"],
        Compiles,
    ),
    case(
        "everything-public",
        &[("security:\n  - { Key: [] }\n", "security: []\n")],
        &["careful security-changed"],
        Compiles,
    ),
    case(
        "unknown-extension",
        &[("operationId: show_account\n", "operationId: show_account\n      x-rate-limit: 10\n")],
        &["unjudged unknown-changed"],
        Compiles,
    )
    .wire(&["x-rate-limit"]),
    case(
        "unknown-keyword",
        &[("sort_order: { type: integer }", "sort_order: { type: integer, x-order: 3 }")],
        &["unjudged unknown-changed"],
        Compiles,
    )
    .wire(&["x-order"]),
    case(
        "operation-links",
        &[(
            "'204': { description: Done. }",
            "'204': { description: Done., links: { again: { operationId: create_consent } } }",
        )],
        &["unjudged unknown-changed"],
        Compiles,
    ),
    case(
        "operation-callbacks",
        &[(
            "operationId: create_report\n",
            "operationId: create_report\n      callbacks: { done: { '{$request.body#/url}': { post: { responses: { '200': { description: Taken. } } } } } }\n",
        )],
        &["unjudged unknown-changed"],
        Compiles,
    ),
    case(
        "webhook-added",
        &[(
            "  report_ready:\n",
            "  consent_started:
    post:
      summary: A consent started.
      x-verification: { scheme: none }
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/ConsentEnded' } } } }
      responses: { 2XX: { description: Taken. } }
  report_ready:\n",
        )],
        &["safe webhook-added"],
        Compiles,
    )
    .wire(&["consent_started"]),
    case(
        "webhook-removed",
        &[(
            "  consent_ended:
    post:
      operationId: receive_consent_ended
      summary: A consent ended.
      description: Sent once.
      x-source: reference v3, Callbacks
      x-verification: { scheme: hmac-sha256, header: X-Harbour-Signature, signed: raw body }
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/ConsentEnded' }, example: { consent_id: c-1, reason: expired } } }
      responses: { 2XX: { description: Taken. } }
",
            "",
        )],
        &["breaking webhook-removed"],
        breaks("callbacks", "E0432"),
    )
    .rust(&["ConsentEnded"]),
    case(
        "webhook-renamed",
        &[("  consent_ended:\n", "  consent_over:\n")],
        &["careful webhook-removed", "safe webhook-added"],
        Compiles,
    ),
    case(
        "webhook-payload",
        &[(
            "schema: { $ref: '#/components/schemas/ConsentEnded' }, example",
            "schema: { $ref: '#/components/schemas/Consent' }, example",
        )],
        &["breaking type-changed"],
        breaks("callbacks", "E0432"),
    )
    .rust(&["type `ConsentEnded` is gone", "Consent"]),
    case(
        "webhook-field-removed",
        &[("        reason: { type: string }\n", "")],
        &["breaking field-removed"],
        breaks("callbacks", "E0609"),
    )
    .rust(&["reason"]),
    case(
        "webhook-verification",
        &[("scheme: hmac-sha256, header: X-Harbour-Signature", "scheme: hmac-sha256, header: X-Signature")],
        &["careful verification-changed"],
        Compiles,
    )
    .wire(&["X-Signature"]),
    case(
        "webhook-behind-a-feature",
        &[
            ("operationId: receive_consent_ended\n", "operationId: receive_consent_ended\n      tags: [endings]\n"),
            (
                "tags:\n  - { name: institutions,",
                "tags:\n  - { name: endings, description: Endings., x-tags-feature: endings }\n  - { name: institutions,",
            ),
        ],
        &["breaking tags-changed", "safe tag-added"],
        breaks("callbacks", "E0432"),
    )
    .rust(&["endings"]),
    case(
        "webhook-words",
        &[("summary: A consent ended.", "summary: A consent is over.")],
        &["docs docs-changed"],
        Compiles,
    ),
    case(
        "servers-removed",
        &[("servers:\n  - { url: 'https://api.harbour.example/v3', description: Production. }\n", "")],
        &["breaking base-url-changed"],
        breaks("address", "E0599"),
    )
    .rust(&["BASE_URL"]),
];
