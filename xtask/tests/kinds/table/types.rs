//! Schemas: their names, what kind they are, their values, alternatives and parts.

use crate::case::Proof::Compiles;
use crate::case::{Case, breaks, case};

pub(super) const CASES: &[Case] = &[
    case(
        "enum-value-added-received",
        &[("[waiting, granted, refused]", "[waiting, granted, refused, paused]")],
        &["safe enum-value-added"],
        Compiles,
    )
    .rust(&["Paused"]),
    case(
        "enum-value-removed-received",
        &[("[waiting, granted, refused]", "[waiting, granted]")],
        &["breaking enum-value-removed"],
        breaks("consents", "E0599"),
    )
    .rust(&["Refused"]),
    case(
        "enum-value-added-sent",
        &[("enum: [accounts, transactions, holdings]", "enum: [accounts, transactions, holdings, loans]")],
        &["safe enum-value-added"],
        Compiles,
    )
    .rust(&["Loans"]),
    case(
        "enum-value-removed-sent",
        &[("enum: [accounts, transactions, holdings]", "enum: [accounts, transactions]")],
        &["breaking enum-value-removed"],
        breaks("consents", "E0599"),
    )
    .rust(&["Holdings"]),
    case(
        "enum-value-renamed",
        &[("enum: [card, checking, savings]", "enum: [card, current, savings]")],
        &["breaking enum-value-removed", "safe enum-value-added"],
        breaks("account", "E0599"),
    )
    .rust(&["Checking"])
    .normalized(&["account.kind"]),
    case(
        "enum-values-in-another-order",
        &[("enum: [card, checking, savings]", "enum: [savings, checking, card]")],
        &["careful enum-order-changed"],
        Compiles,
    )
    .normalized(&["account.kind"]),
    case(
        "enum-names",
        &[("x-enum-names: { Cards: UpperCards }", "x-enum-names: { Cards: CapitalCards }")],
        &["breaking enum-names-changed"],
        breaks("institutions", "E0599"),
    )
    .rust(&["UpperCards", "CapitalCards"]),
    case(
        "enum-value-renamed-under-one-rust-name",
        &[("enum: [waiting, granted, refused]", "enum: [waiting, granted, denied], x-enum-names: { denied: Refused }")],
        &["careful enum-value-removed", "safe enum-value-added", "safe enum-names-changed"],
        Compiles,
    )
    .wire(&["refused", "denied"]),
    case(
        "enum-to-text",
        &[("enum: [waiting, granted, refused]", "maxLength: 10")],
        &["breaking schema-kind-changed", "safe limit-tightened"],
        breaks("consents", "E0432"),
    )
    .rust(&["ConsentStatus"]),
    case(
        "text-to-enum",
        &[("reason: { type: string }", "reason: { $ref: '#/components/schemas/Scope' }")],
        &["breaking type-changed"],
        breaks("callbacks", "E0308"),
    )
    .rust(&["Scope"]),
    case(
        "error-code-listed",
        &[("enum: [ConsentNotFound, Refused]", "enum: [ConsentNotFound, Refused, Blocked]")],
        &["safe enum-value-added"],
        Compiles,
    ),
    case(
        "open-to-closed",
        &[("      additionalProperties: {}\n", "")],
        &["breaking additional-properties-closed"],
        breaks("account", "E0609"),
    )
    .rust(&["unlisted"]),
    case(
        "closed-to-open",
        &[(
            "        labels: { type: object, additionalProperties: { type: string } }\n",
            "        labels: { type: object, additionalProperties: { type: string } }\n      additionalProperties: {}\n",
        )],
        &["safe additional-properties-opened"],
        Compiles,
    )
    .rust(&["unlisted"]),
    case(
        "open-to-values-of-a-type",
        &[("      additionalProperties: {}\n", "      additionalProperties: { type: string }\n")],
        &["breaking type-changed"],
        breaks("account", "E0308"),
    ),
    case(
        "union-arm-added-received",
        &[(
            "        - { $ref: '#/components/schemas/Company' }\n",
            "        - { $ref: '#/components/schemas/Company' }\n        - { $ref: '#/components/schemas/Share' }\n",
        )],
        &["safe arm-added"],
        Compiles,
    )
    .rust(&["Share"]),
    case(
        "union-arm-removed-received",
        &[
            (
                "        - { $ref: '#/components/schemas/Company' }\n",
                "        - { $ref: '#/components/schemas/Share' }\n",
            ),
            (", company: '#/components/schemas/Company' }", " }"),
        ],
        &["breaking arm-removed", "safe arm-added", "careful discriminator-changed"],
        breaks("account", "E0599"),
    )
    .rust(&["type `Company` is gone", "Company"]),
    case(
        "union-of-one-alternative",
        &[("        - { $ref: '#/components/schemas/Link' }\n", "")],
        &["breaking schema-kind-changed"],
        breaks("reports", "E0432"),
    )
    .rust(&["ReportSource"]),
    case(
        "union-arm-added-sent",
        &[(
            "        - { $ref: '#/components/schemas/Link' }\n",
            "        - { $ref: '#/components/schemas/Link' }\n        - { $ref: '#/components/schemas/Contact' }\n",
        )],
        &["careful arm-added"],
        Compiles,
    )
    .rust(&["Contact"]),
    case(
        "union-arms-in-another-order",
        &[(
            "        - { $ref: '#/components/schemas/Upload' }\n        - { $ref: '#/components/schemas/Link' }\n",
            "        - { $ref: '#/components/schemas/Link' }\n        - { $ref: '#/components/schemas/Upload' }\n",
        )],
        &["careful arm-order-changed"],
        Compiles,
    ),
    case(
        "union-any-of",
        &[(
            "      x-source: reference v3, Reports\n      oneOf:\n",
            "      x-source: reference v3, Reports\n      anyOf:\n",
        )],
        &["safe schema-kind-changed"],
        Compiles,
    ),
    case(
        "discriminator-removed",
        &[(
            "      discriminator: { propertyName: type, mapping: { person: '#/components/schemas/Person', company: '#/components/schemas/Company' } }\n",
            "",
        )],
        &["careful discriminator-changed"],
        Compiles,
    ),
    case(
        "discriminator-mapping",
        &[("mapping: { person:", "mapping: { human:")],
        &["careful discriminator-changed"],
        Compiles,
    )
    .wire(&["human"]),
    case(
        "union-to-object",
        &[("owner: { $ref: '#/components/schemas/Owner' }", "owner: { $ref: '#/components/schemas/Person' }")],
        &["breaking type-changed"],
        breaks("account", "E0432"),
    )
    .rust(&["type `Company` is gone", "Owner", "Person"]),
    case(
        "all-of-part-added",
        &[(
            "x-record: [holding]\n      allOf:\n",
            "x-record: [holding]\n      allOf:\n        - { $ref: '#/components/schemas/Share' }\n",
        )],
        &["safe all-of-part-added", "safe consequence", "safe consequence"],
        Compiles,
    )
    .rust(&["amount", "label"]),
    case(
        "all-of-part-removed",
        &[(
            "x-record: [holding]\n      allOf:\n        - { $ref: '#/components/schemas/Named' }\n",
            "x-record: [holding]\n",
        )],
        &["safe all-of-part-removed", "breaking consequence"],
        breaks("holdings", "E0609"),
    )
    .rust(&["note"]),
    case(
        "shared-part-changed",
        &[("        note: { type: string }\n", "        note: { type: integer }\n")],
        &["breaking type-changed"],
        breaks("holdings", "E0308"),
    )
    .rust(&["note", "i64"]),
    case(
        "schema-renamed",
        &[
            (
                "        - { $ref: '#/components/schemas/Person' }\n",
                "        - { $ref: '#/components/schemas/Human' }\n",
            ),
            ("mapping: { person: '#/components/schemas/Person',", "mapping: { person: '#/components/schemas/Human',"),
            ("    Person:\n", "    Human:\n"),
        ],
        &["breaking schema-renamed"],
        breaks("people", "E0432"),
    )
    .rust(&["Person", "Human"]),
    case(
        "schema-renamed-on-paper-alone",
        &[
            (
                "        - { $ref: '#/components/schemas/Person' }\n",
                "        - { $ref: '#/components/schemas/Human' }\n",
            ),
            ("mapping: { person: '#/components/schemas/Person',", "mapping: { person: '#/components/schemas/Human',"),
            ("    Person:\n", "    Human:\n      x-rust-name: Person\n"),
        ],
        &["safe schema-renamed"],
        Compiles,
    ),
    case(
        "schema-renamed-in-rust-alone",
        &[("    Person:\n", "    Person:\n      x-rust-name: Human\n")],
        &["breaking rust-name-changed"],
        breaks("people", "E0432"),
    )
    .rust(&["Human"]),
    case(
        "schema-added-unused",
        &[(
            "    Person:\n",
            "    Spare: { type: object, description: Unused., properties: { a: { type: string } } }\n    Person:\n",
        )],
        &["safe schema-added"],
        Compiles,
    ),
    case(
        "schema-added-that-takes-a-name",
        &[
            (
                "    Named:\n",
                "    account:\n      type: object\n      description: Another.\n      properties: { a: { type: string } }\n    Named:\n",
            ),
            (
                ", message: { type: string } }",
                ", message: { type: string }, account: { $ref: '#/components/schemas/account' } }",
            ),
        ],
        &["safe schema-added", "safe field-added", "breaking consequence"],
        breaks("accounts", "E0308"),
    )
    .rust(&["Account2"]),
    case(
        "schema-inlined",
        &[(
            "        meta: { $ref: '#/components/schemas/Meta' }\n",
            "        meta: { type: object, description: How a list goes on., x-source: 'reference v3, Lists', properties: { next_id: { type: string, format: id, nullable: true } }, example: { next_id: a-2 } }\n",
        )],
        &["breaking consequence", "breaking consequence", "safe consequence"],
        breaks("accounts", "E0432"),
    )
    .rust(&["Meta", "AccountPageMeta"]),
    case(
        "schema-now-nullable",
        &[("    Meta:\n      type: object\n", "    Meta:\n      type: object\n      nullable: true\n")],
        &["breaking became-nullable"],
        breaks("accounts", "E0308"),
    )
    .rust(&["Maybe<Meta>"]),
    case(
        "schema-deprecated",
        &[("    Person:\n      type: object\n", "    Person:\n      type: object\n      deprecated: true\n")],
        &["careful deprecated"],
        Compiles,
    ),
    case(
        "schema-description",
        &[("description: A human being.", "description: Somebody.")],
        &["docs docs-changed"],
        Compiles,
    ),
    case(
        "schema-example",
        &[("example: { type: company, register_number: HRB 1 }", "example: { type: company, register_number: HRB 2 }")],
        &["docs docs-changed"],
        Compiles,
    ),
    case(
        "schema-source",
        &[("x-source: reference v3, Lists", "x-source: reference v4, Lists")],
        &["docs docs-changed"],
        Compiles,
    ),
    case(
        "closed-by-word",
        &[(
            "    Person:\n      type: object\n",
            "    Person:\n      type: object\n      additionalProperties: false\n",
        )],
        &["safe additional-properties-closed"],
        Compiles,
    ),
];
