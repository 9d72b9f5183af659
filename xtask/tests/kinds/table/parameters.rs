//! Parameters of path, query and headers.

use crate::case::Proof::Compiles;
use crate::case::{Case, breaks, case};

const SINCE: &str =
    "        - { name: changed_since, in: query, schema: { type: string, format: date }, example: '2026-01-31' }\n";
const CUSTOMER: &str = "{ name: customer, in: query, required: true,";

pub(super) const CASES: &[Case] = &[
    case(
        "parameter-added",
        &[(
            SINCE,
            "        - { name: changed_since, in: query, schema: { type: string, format: date }, example: '2026-01-31' }
        - { name: sort, in: query, schema: { type: string }, example: name }\n",
        )],
        &["safe parameter-added"],
        Compiles,
    )
    .rust(&["sort"]),
    case(
        "parameter-added-required",
        &[(
            SINCE,
            "        - { name: changed_since, in: query, schema: { type: string, format: date }, example: '2026-01-31' }
        - { name: region, in: query, required: true, schema: { type: string }, example: north }\n",
        )],
        &["breaking parameter-added"],
        breaks("accounts", "E0061"),
    )
    .rust(&["region", "list_accounts"]),
    case("parameter-removed", &[(SINCE, "")], &["breaking parameter-removed"], breaks("accounts", "E0599"))
        .rust(&["changed_since"]),
    case(
        "parameter-removed-required",
        &[(
            "        - { name: customer, in: query, required: true, schema: { type: string, format: id }, example: u-1 }\n",
            "",
        )],
        &["breaking parameter-removed"],
        breaks("consents", "E0061"),
    )
    .rust(&["customer"]),
    case(
        "parameter-removed-header",
        &[("        - { name: X-Trace, in: header, schema: { type: string }, example: t-1 }\n", "")],
        &["breaking parameter-removed"],
        breaks("accounts", "E0599"),
    )
    .rust(&["x_trace"]),
    case(
        "parameter-added-header",
        &[(
            "        - { name: X-Trace, in: header, schema: { type: string }, example: t-1 }\n",
            "        - { name: X-Trace, in: header, schema: { type: string }, example: t-1 }
        - { name: X-Channel, in: header, schema: { type: string }, example: web }\n",
        )],
        &["safe parameter-added"],
        Compiles,
    )
    .rust(&["x_channel"]),
    case(
        "parameter-renamed",
        &[("name: min_amount,", "name: amount_from,")],
        &["breaking parameter-renamed"],
        breaks("transactions", "E0599"),
    )
    .rust(&["min_amount", "amount_from"]),
    case(
        "parameter-renamed-on-the-wire-alone",
        &[("name: min_amount,", "name: amount_from, x-rust-name: min_amount,")],
        &["careful parameter-renamed"],
        Compiles,
    )
    .wire(&["min_amount", "amount_from"]),
    case(
        "parameter-renamed-in-rust-alone",
        &[("name: min_amount,", "name: min_amount, x-rust-name: least,")],
        &["breaking rust-name-changed"],
        breaks("transactions", "E0599"),
    )
    .rust(&["min_amount", "least"]),
    case(
        "path-parameter-renamed",
        &[
            ("  /accounts/{account_id}/holdings:\n", "  /accounts/{id}/holdings:\n"),
            (
                "      x-pagination: { items: /results, offset: offset, size: limit }\n      parameters:\n        - { name: account_id,",
                "      x-pagination: { items: /results, offset: offset, size: limit }\n      parameters:\n        - { name: id,",
            ),
        ],
        &["safe parameter-renamed"],
        Compiles,
    ),
    case(
        "parameter-no-longer-required",
        &[(CUSTOMER, "{ name: customer, in: query,")],
        &["breaking became-optional"],
        breaks("consents", "E0061"),
    )
    .rust(&["customer"]),
    case(
        "parameter-now-required",
        &[("{ name: kind, in: query,", "{ name: kind, in: query, required: true,")],
        &["breaking became-required"],
        breaks("accounts", "E0061"),
    )
    .rust(&["kind"]),
    case(
        "parameter-type",
        &[(
            "{ name: per_page, in: query, schema: { type: integer, maximum: 100 }, example: 10 }",
            "{ name: per_page, in: query, schema: { type: string, maximum: 100 }, example: 10 }",
        )],
        &["breaking type-changed"],
        breaks("accounts", "E0277"),
    )
    .rust(&["per_page", "i64", "String"]),
    case(
        "parameter-format-date",
        &[(
            "{ name: changed_since, in: query, schema: { type: string, format: date }",
            "{ name: changed_since, in: query, schema: { type: string, format: date-time }",
        )],
        &["careful format-changed"],
        // The setter takes whatever becomes a `DateTime`, and a `Date` does.
        Compiles,
    )
    .rust(&["Date", "DateTime"]),
    case(
        "parameter-format-removed",
        &[(
            "{ name: changed_since, in: query, schema: { type: string, format: date }",
            "{ name: changed_since, in: query, schema: { type: string }",
        )],
        &["breaking format-changed"],
        breaks("accounts", "E0277"),
    )
    .rust(&["Date", "String"]),
    case(
        "path-parameter-id-to-text",
        &[(
            "      - { name: account_id, in: path, required: true, schema: { type: string, format: id }, example: a-1 }\n    get:\n      operationId: show_account",
            "      - { name: account_id, in: path, required: true, schema: { type: string }, example: a-1 }\n    get:\n      operationId: show_account",
        )],
        &["breaking format-changed"],
        breaks("accounts", "E0277"),
    )
    .rust(&["show_account", "update_account"]),
    case(
        "parameter-enum-to-text",
        &[(
            "{ name: kind, in: query, schema: { $ref: '#/components/schemas/AccountKind' }",
            "{ name: kind, in: query, schema: { type: string }",
        )],
        &["breaking type-changed"],
        breaks("accounts", "E0277"),
    )
    .rust(&["AccountKind", "String"]),
    case(
        "parameter-scalar-to-list",
        &[(
            "{ name: kind, in: query, schema: { $ref: '#/components/schemas/AccountKind' }",
            "{ name: kind, in: query, schema: { type: array, items: { $ref: '#/components/schemas/AccountKind' } }",
        )],
        &["breaking type-changed"],
        breaks("accounts", "E0277"),
    ),
    case(
        "parameter-default",
        &[("schema: { type: integer, default: 50 }", "schema: { type: integer, default: 20 }")],
        &["careful default-changed"],
        Compiles,
    )
    .wire(&["50", "20"]),
    case(
        "parameter-list-style",
        &[(
            "{ name: product, in: query, style: form, explode: false,",
            "{ name: product, in: query, style: form, explode: true,",
        )],
        &["careful style-changed"],
        Compiles,
    ),
    case(
        "parameter-location",
        &[("{ name: changed_since, in: query,", "{ name: changed_since, in: header,")],
        &["careful parameter-moved"],
        Compiles,
    )
    .wire(&["query", "header"]),
    case(
        "parameter-deprecated",
        &[("{ name: X-Trace, in: header,", "{ name: X-Trace, in: header, deprecated: true,")],
        &["careful deprecated"],
        Compiles,
    ),
    case(
        "parameter-sensitive",
        &[("{ name: X-Trace, in: header,", "{ name: X-Trace, in: header, x-sensitive: personal,")],
        &["careful sensitive-changed"],
        Compiles,
    ),
    case(
        "parameter-secret",
        &[(
            "{ name: Idempotency-Key, in: header, schema: { type: string }",
            "{ name: Idempotency-Key, in: header, schema: { type: string, x-sensitive: secret }",
        )],
        &["breaking sensitive-changed"],
        breaks("consents", "E0277"),
    ),
    case(
        "parameter-description",
        &[("description: Country code.,", "description: Code of the country.,")],
        &["docs docs-changed"],
        Compiles,
    ),
    case(
        "parameter-example",
        &[("example: '2026-01-31' }", "example: '2026-02-28' }")],
        &["docs docs-changed"],
        Compiles,
    ),
    case("parameter-limit-tightened", &[("maximum: 100", "maximum: 50")], &["careful limit-tightened"], Compiles)
        .wire(&["100", "50"]),
    case("parameter-limit-loosened", &[("maximum: 100", "maximum: 500")], &["safe limit-loosened"], Compiles),
    case(
        "parameter-limit-added",
        &[(
            "name: offset, in: query, schema: { type: integer }",
            "name: offset, in: query, schema: { type: integer, minimum: 0 }",
        )],
        &["careful limit-tightened"],
        Compiles,
    ),
    case(
        "parameter-that-renames-its-twin",
        &[(
            "        - { name: kind, in: query,",
            "        - { name: kind, in: header, schema: { type: string }, example: card }\n        - { name: kind, in: query,",
        )],
        &["safe parameter-added", "breaking consequence"],
        breaks("accounts", "E0277"),
    )
    .rust(&["kind_query"]),
];
