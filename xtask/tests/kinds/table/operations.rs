//! Operations: there or not, named, placed, repeated, documented.

use crate::case::Proof::{BreaksWhenCalled, Compiles};
use crate::case::{Case, breaks, case};

pub(super) const CASES: &[Case] = &[
    case(
        "operation-added",
        &[(
            "  /consents/{consent_id}:\n",
            "  /consents/{consent_id}/renewal:
    post:
      operationId: renew_consent
      tags: [consents]
      summary: Renews a permission.
      x-retry: never
      parameters:
        - { name: consent_id, in: path, required: true, schema: { type: string, format: id } }
      responses:
        '204': { description: Done. }
  /consents/{consent_id}:\n",
        )],
        &["safe operation-added"],
        Compiles,
    )
    .rust(&["renew_consent"]),
    case(
        "operation-removed",
        &[(
            "  /consents/{consent_id}:
    delete:
      operationId: remove_consent
      tags: [consents]
      summary: Takes a permission back.
      description: For good.
      x-source: reference v3, Consents / Remove
      x-retry: safe
      parameters:
        - { name: consent_id, in: path, required: true, schema: { type: string, format: id }, example: c-1 }
        - { name: customer, in: query, required: true, schema: { type: string, format: id }, example: u-1 }
      responses:
        '204': { description: Done. }
        4XX: { $ref: '#/components/responses/Error' }
",
            "",
        )],
        &["breaking operation-removed"],
        breaks("consents", "E0599"),
    )
    .rust(&["remove_consent"]),
    case(
        "operation-path-moved",
        &[("  /consents/{consent_id}:\n", "  /permissions/{consent_id}:\n")],
        &["careful operation-moved"],
        Compiles,
    )
    .wire(&["/permissions/{consent_id}"]),
    case(
        "operation-method-changed",
        &[("    patch:\n      operationId: update_account\n", "    put:\n      operationId: update_account\n")],
        &["careful operation-moved"],
        Compiles,
    )
    .wire(&["PUT"]),
    case(
        "operation-renamed",
        &[("operationId: show_account\n", "operationId: read_account\n")],
        &["breaking operation-renamed"],
        breaks("accounts", "E0599"),
    )
    .rust(&["show_account", "read_account"]),
    case(
        "operation-deprecated",
        &[("operationId: show_report\n", "operationId: show_report\n      deprecated: true\n")],
        &["careful deprecated"],
        Compiles,
    ),
    case(
        "operation-in-another-group",
        &[(
            "operationId: remove_consent\n      tags: [consents]\n",
            "operationId: remove_consent\n      tags: [accounts]\n",
        )],
        &["safe tags-changed"],
        Compiles,
    ),
    case(
        "operation-behind-a-feature",
        &[
            (
                "operationId: list_holdings\n      tags: [accounts]\n",
                "operationId: list_holdings\n      tags: [holdings]\n",
            ),
            (
                "  - { name: consents, description: Permissions of account holders. }\n",
                "  - { name: consents, description: Permissions of account holders. }\n  - { name: holdings, description: Positions., x-tags-feature: holdings }\n",
            ),
        ],
        &["breaking tags-changed", "safe tag-added"],
        breaks("holdings", "E0599"),
    )
    .rust(&["holdings"]),
    case(
        "feature-renamed",
        &[("x-tags-feature: reports", "x-tags-feature: papers")],
        &["breaking feature-changed"],
        breaks("reports", "E0599"),
    )
    .rust(&["papers"]),
    case(
        "feature-removed",
        &[("description: Reports on accounts., x-tags-feature: reports", "description: Reports on accounts.")],
        &["breaking feature-changed"],
        breaks("reports", ""),
    )
    .rust(&["reports"]),
    case(
        "retry-to-never",
        &[(
            "x-source: reference v3, Accounts / Show\n      x-retry: safe",
            "x-source: reference v3, Accounts / Show\n      x-retry: never",
        )],
        &["careful retry-changed"],
        Compiles,
    ),
    case(
        "retry-to-safe",
        &[(
            "x-source: reference v3, Accounts / Update\n      x-retry: never",
            "x-source: reference v3, Accounts / Update\n      x-retry: safe",
        )],
        &["careful retry-changed"],
        Compiles,
    ),
    case("retry-rule", &[("x-retry: retry-later", "x-retry: retry-soon")], &["careful retry-changed"], Compiles),
    case("timeout-changed", &[("x-timeout: 120s", "x-timeout: 20s")], &["careful timeout-changed"], Compiles),
    case("timeout-removed", &[("      x-timeout: 120s\n", "")], &["careful timeout-changed"], Compiles),
    case(
        "timeout-added",
        &[("operationId: show_account\n", "operationId: show_account\n      x-timeout: 300s\n")],
        &["careful timeout-changed"],
        Compiles,
    ),
    case(
        "error-code-added",
        &[("'404': [ConsentNotFound] }", "'404': [ConsentNotFound, Refused] }")],
        &["safe error-code-added"],
        Compiles,
    ),
    case(
        "error-codes-removed",
        &[("      x-errors: { '404': [ConsentNotFound] }\n", "")],
        &["safe error-code-removed"],
        Compiles,
    ),
    case("no-longer-public", &[("      security: []\n", "")], &["careful security-changed"], Compiles),
    case(
        "now-public",
        &[("operationId: list_holdings\n", "operationId: list_holdings\n      security: []\n")],
        &["careful security-changed"],
        Compiles,
    ),
    case(
        "operation-with-another-scheme",
        &[
            ("operationId: list_holdings\n", "operationId: list_holdings\n      security: [{ Token: [] }]\n"),
            (
                "  securitySchemes:\n",
                "  securitySchemes:\n    Token: { type: http, scheme: bearer, description: A token., x-sensitive: secret }\n",
            ),
        ],
        &["careful security-changed", "safe security-scheme-added"],
        Compiles,
    ),
    case("summary", &[("summary: One account.", "summary: A single account.")], &["docs docs-changed"], Compiles),
    case(
        "description",
        &[("description: Newest first.", "description: The newest first.")],
        &["docs docs-changed"],
        Compiles,
    ),
    case(
        "source",
        &[("x-source: reference v3, Transactions / List", "x-source: reference v4, Transactions / List")],
        &["docs docs-changed"],
        Compiles,
    ),
    case(
        "method-moves-to-a-path-that-was-another",
        &[
            ("operationId: list_holdings\n", "operationId: list_positions\n"),
            ("operationId: list_transactions\n", "operationId: list_holdings\n"),
            ("operationId: list_positions\n", "operationId: list_transactions\n"),
        ],
        &["breaking operation-renamed", "breaking operation-renamed"],
        breaks("transactions", "E0061"),
    ),
    case(
        "arguments-in-another-order",
        &[
            (
                "        - { name: consent_id, in: path, required: true, schema: { type: string, format: id }, example: c-1 }\n",
                "",
            ),
            (
                "        - { name: customer, in: query, required: true, schema: { type: string, format: id }, example: u-1 }\n",
                "        - { name: customer, in: query, required: true, schema: { type: string, format: id }, example: u-1 }
        - { name: consent_id, in: path, required: true, schema: { type: string, format: id }, example: c-1 }\n",
            ),
        ],
        &["breaking parameter-order-changed"],
        BreaksWhenCalled("both arguments are ids, so a caller compiles and sends each as the other"),
    )
    .rust(&["consent_id", "customer"]),
    case(
        "arguments-in-another-order-of-types",
        &[
            (
                "        - { name: status, in: query, required: true, schema: { $ref: '#/components/schemas/BookingStatus' }, example: booked }\n",
                "",
            ),
            (
                "      x-pagination: { items: /results, next_link: /next }\n      parameters:\n",
                "      x-pagination: { items: /results, next_link: /next }
      parameters:
        - { name: status, in: query, required: true, schema: { $ref: '#/components/schemas/BookingStatus' }, example: booked }\n",
            ),
        ],
        &["breaking parameter-order-changed"],
        breaks("transactions", "E0277"),
    )
    .rust(&["status", "account_id"]),
];
