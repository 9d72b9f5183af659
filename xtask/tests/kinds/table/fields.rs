//! Fields of what is received.

use crate::case::Proof::Compiles;
use crate::case::{Case, breaks, case};

const CURRENCY: &str = "        currency: { type: string, x-normalized: [account.currency, balance.currency] }\n";
const SORT: &str = "sort_order: { type: integer }";

pub(super) const CASES: &[Case] = &[
    case(
        "field-added",
        &[(SORT, "sort_order: { type: integer }\n        colour: { type: string }")],
        &["safe field-added"],
        Compiles,
    )
    .rust(&["colour"]),
    case(
        "field-added-required",
        &[
            (SORT, "sort_order: { type: integer }\n        colour: { type: string }"),
            ("required: [id, name]", "required: [id, name, colour]"),
        ],
        &["careful field-added"],
        Compiles,
    )
    .rust(&["colour"]),
    case(
        "field-added-normalized",
        &[(SORT, "sort_order: { type: integer }\n        label: { type: string, x-normalized: [account.nickname] }")],
        &["safe field-added"],
        Compiles,
    )
    .normalized(&["account.nickname"]),
    case("field-removed", &[(CURRENCY, "")], &["breaking field-removed"], breaks("account", "E0609"))
        .rust(&["currency"])
        .normalized(&["account.currency", "balance.currency"]),
    case(
        "field-renamed",
        &[("        currency: {", "        currency_code: {")],
        &["breaking field-renamed"],
        breaks("account", "E0609"),
    )
    .rust(&["currency", "currency_code"])
    .normalized(&["account.currency", "balance.currency"]),
    case(
        "field-renamed-on-the-wire-alone",
        &[("        currency: { type: string,", "        currency_code: { type: string, x-rust-name: currency,")],
        &["careful field-renamed"],
        Compiles,
    )
    .wire(&["currency", "currency_code"])
    .normalized(&["account.currency", "balance.currency"]),
    case(
        "field-renamed-in-rust-alone",
        &[("        currency: { type: string,", "        currency: { type: string, x-rust-name: money,")],
        &["breaking rust-name-changed"],
        breaks("account", "E0609"),
    )
    .rust(&["currency", "money"])
    .normalized(&["account.currency", "balance.currency"]),
    case(
        "field-no-longer-required",
        &[("required: [id, name]", "required: [id]")],
        &["breaking became-optional"],
        breaks("account", "E0308"),
    )
    .rust(&["name", "Option<String>"])
    .normalized(&["account.name"]),
    case(
        "field-now-required",
        &[("required: [id, name]", "required: [id, name, sort_order]")],
        &["breaking became-required"],
        breaks("account", "E0308"),
    )
    .rust(&["sort_order", "i64"]),
    case(
        "field-now-nullable",
        &[(SORT, "sort_order: { type: integer, nullable: true }")],
        &["breaking became-nullable"],
        breaks("account", "E0308"),
    )
    .rust(&["Maybe<i64>"]),
    case(
        "required-field-now-nullable",
        &[("name: { type: string, maxLength: 70,", "name: { type: string, nullable: true, maxLength: 70,")],
        &["breaking became-nullable"],
        breaks("account", "E0308"),
    )
    .rust(&["Option<String>"])
    .normalized(&["account.name"]),
    case(
        "field-no-longer-nullable",
        &[("branch: { type: string, nullable: true }", "branch: { type: string }")],
        &["breaking no-longer-nullable"],
        breaks("account", "E0308"),
    )
    .rust(&["branch", "Option<String>"]),
    case(
        "required-nullable-field-to-optional-field",
        &[
            ("required: [id, amount, status]", "required: [id, status]"),
            (
                "amount: { type: string, format: decimal, x-normalized: [transaction.amount, transaction.direction] }",
                "amount: { type: string, format: decimal, nullable: true, x-normalized: [transaction.amount, transaction.direction] }",
            ),
        ],
        &["breaking became-optional", "breaking became-nullable"],
        breaks("transactions", "E0308"),
    )
    .rust(&["Maybe<Amount>"])
    .normalized(&["transaction.amount", "transaction.direction"]),
    case(
        "field-type",
        &[(SORT, "sort_order: { type: string }")],
        &["breaking type-changed"],
        breaks("account", "E0308"),
    )
    .rust(&["i64", "String"]),
    case(
        "field-type-removed",
        &[("is_joint: { type: boolean }", "is_joint: { description: Unknown. }")],
        &["breaking type-changed", "docs docs-changed"],
        breaks("account", "E0308"),
    )
    .rust(&["bool", "Json"]),
    case(
        "field-amount-to-integer",
        &[(
            "balance: { type: number, format: decimal, description: Booked amount.,",
            "balance: { type: integer, description: Booked amount.,",
        )],
        &["breaking type-changed"],
        breaks("account", "E0308"),
    )
    .rust(&["Amount", "i64"])
    .normalized(&["balance.amount"]),
    case(
        "field-amount-in-quotes",
        &[("balance: { type: number, format: decimal,", "balance: { type: string, format: decimal,")],
        &["careful type-changed"],
        Compiles,
    )
    .normalized(&["balance.amount"]),
    case(
        "field-date-to-moment",
        &[("opened_on: { type: string, format: date,", "opened_on: { type: string, format: date-time,")],
        &["breaking format-changed"],
        breaks("account", "E0308"),
    )
    .rust(&["Date", "DateTime"])
    .normalized(&["account.opened_on"]),
    case(
        "field-moment-spelt-otherwise",
        &[("expires_at: { type: string, format: date-time,", "expires_at: { type: string, format: moment,")],
        &["safe format-changed"],
        Compiles,
    )
    .normalized(&["consent.expires_at"]),
    case(
        "field-text-to-id",
        &[("label: { type: string }", "label: { type: string, format: id }")],
        &["breaking format-changed"],
        breaks("transactions", "E0308"),
    )
    .rust(&["String", "Id"]),
    case(
        "field-format-without-meaning",
        &[("seat: { type: string }", "seat: { type: string, format: hostname }")],
        &["safe format-changed"],
        Compiles,
    ),
    case(
        "field-scalar-to-list",
        &[(SORT, "sort_order: { type: array, items: { type: integer } }")],
        &["breaking type-changed"],
        breaks("account", "E0308"),
    )
    .rust(&["Vec<i64>"]),
    case(
        "field-items",
        &[(
            "products: { type: array, items: { $ref: '#/components/schemas/Product' } }",
            "products: { type: array, items: { type: string } }",
        )],
        &["breaking type-changed"],
        breaks("institutions", "E0308"),
    )
    .rust(&["Product", "String"]),
    case(
        "field-items-now-nullable",
        &[(
            "split: { type: array, items: { $ref: '#/components/schemas/Share' } }",
            "split: { type: array, items: { nullable: true, allOf: [{ $ref: '#/components/schemas/Share' }] } }",
        )],
        &["breaking became-nullable"],
        breaks("transactions", "E0308"),
    )
    .rust(&["Option<Share>"]),
    case(
        "field-map-values",
        &[(
            "limits: { type: object, additionalProperties: { type: number, format: decimal } }",
            "limits: { type: object, additionalProperties: { type: integer } }",
        )],
        &["breaking type-changed"],
        breaks("account", "E0308"),
    )
    .rust(&["Amount", "i64"]),
    case(
        "field-deprecated",
        &[(SORT, "sort_order: { type: integer, deprecated: true }")],
        &["careful deprecated"],
        Compiles,
    ),
    case(
        "field-no-longer-deprecated",
        &[("legacy_code: { type: string, deprecated: true }", "legacy_code: { type: string }")],
        &["safe no-longer-deprecated"],
        Compiles,
    ),
    case(
        "field-personal",
        &[(
            "branch: { type: string, nullable: true }",
            "branch: { type: string, nullable: true, x-sensitive: personal }",
        )],
        &["careful sensitive-changed"],
        Compiles,
    ),
    case(
        "field-no-longer-personal",
        &[("iban: { type: string, x-sensitive: personal,", "iban: { type: string,")],
        &["careful sensitive-changed"],
        Compiles,
    )
    .normalized(&["account.identifiers"]),
    case(
        "field-secret",
        &[("iban: { type: string, x-sensitive: personal,", "iban: { type: string, x-sensitive: secret,")],
        &["breaking sensitive-changed"],
        breaks("account", "E0308"),
    )
    .rust(&["Secret"])
    .normalized(&["account.identifiers"]),
    case(
        "field-no-longer-secret",
        &[("connect_url: { type: string, x-sensitive: secret }", "connect_url: { type: string }")],
        &["breaking sensitive-changed"],
        breaks("consents", "E0308"),
    )
    .rust(&["Secret", "String"]),
    case(
        "field-normalized",
        &[(SORT, "sort_order: { type: integer, x-normalized: [account.product] }")],
        &["careful normalized-changed"],
        Compiles,
    )
    .normalized(&["account.product"]),
    case(
        "field-no-longer-normalized",
        &[(
            "opened_on: { type: string, format: date, x-normalized: [account.opened_on] }",
            "opened_on: { type: string, format: date }",
        )],
        &["careful normalized-changed"],
        Compiles,
    )
    .normalized(&["account.opened_on"]),
    case(
        "field-normalized-otherwise",
        &[("x-normalized: [holding.quantity]", "x-normalized: [holding.price]")],
        &["careful normalized-changed"],
        Compiles,
    )
    .normalized(&["holding.price", "holding.quantity"]),
    case(
        "record-changed",
        &[("x-record: [account, balance]", "x-record: [account]")],
        &["careful record-changed"],
        Compiles,
    )
    .wire(&["balance"])
    .normalized(&["balance.amount", "balance.currency"]),
    case("field-limit", &[("maxLength: 70", "maxLength: 140")], &["safe limit-loosened"], Compiles)
        .normalized(&["account.name"]),
    case(
        "field-read-only",
        &[(SORT, "sort_order: { type: integer, readOnly: true }")],
        &["safe access-changed"],
        Compiles,
    ),
    case(
        "field-description",
        &[("description: Booked amount.", "description: What is booked.")],
        &["docs docs-changed"],
        Compiles,
    )
    .normalized(&["balance.amount"]),
    case(
        "fields-in-another-order",
        &[(
            "        sort_order: { type: integer }\n        branch: { type: string, nullable: true }\n",
            "        branch: { type: string, nullable: true }\n        sort_order: { type: integer }\n",
        )],
        &[],
        Compiles,
    ),
    case(
        "field-unsigned",
        &[("sort_order: { type: integer }", "sort_order: { type: integer, format: uint64 }")],
        &["breaking format-changed"],
        breaks("account", "E0308"),
    )
    .rust(&["i64", "u64"]),
    case(
        "field-of-fewer-bits",
        &[("sort_order: { type: integer }", "sort_order: { type: integer, format: int32 }")],
        &["safe format-changed"],
        Compiles,
    ),
    case(
        "field-boolean-in-quotes",
        &[("is_joint: { type: boolean }", "is_joint: { type: string, format: boolean }")],
        &["breaking type-changed"],
        breaks("account", "E0308"),
    )
    .rust(&["BoolText"]),
    case(
        "field-with-null-as-an-alternative",
        &[(
            "status: { $ref: '#/components/schemas/ConsentStatus' }",
            "status: { oneOf: [{ $ref: '#/components/schemas/ConsentStatus' }, { type: string, nullable: true, enum: [null] }] }",
        )],
        &["breaking became-nullable"],
        breaks("consents", "E0308"),
    )
    .rust(&["Maybe<ConsentStatus>"]),
    case(
        "field-with-words-of-its-own",
        &[(
            "status: { $ref: '#/components/schemas/ConsentStatus' }",
            "status: { description: How far it got., allOf: [{ $ref: '#/components/schemas/ConsentStatus' }] }",
        )],
        &["docs docs-changed"],
        Compiles,
    ),
];
