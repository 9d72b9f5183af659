//! Edits that mean nothing: the same said otherwise.

use crate::case::Proof::Compiles;
use crate::case::{Case, case};

pub(super) const CASES: &[Case] = &[
    case("a-comment", &[("servers:\n", "# Where it is.\nservers:\n")], &[], Compiles),
    case(
        "keys-in-another-order",
        &[(
            "      x-source: reference v3, Holdings / List\n      x-retry: safe\n",
            "      x-retry: safe\n      x-source: reference v3, Holdings / List\n",
        )],
        &[],
        Compiles,
    ),
    case(
        "block-style",
        &[("info:\n  title: Harbour Data API\n", "info:\n  title: 'Harbour Data API'\n")],
        &[],
        Compiles,
    ),
    case(
        "schemas-in-another-order",
        &[
            (
                "    BookingStatus: { type: string, description: Whether it is final., x-source: reference v3, enum: [booked, pending] }\n",
                "",
            ),
            ("    LooseId: {", "    # It comes first now.\n    LooseId: {"),
            (
                "    HoldingPage:\n",
                "    BookingStatus: { type: string, description: Whether it is final., x-source: reference v3, enum: [booked, pending] }\n    HoldingPage:\n",
            ),
        ],
        &[],
        Compiles,
    ),
    case(
        "reference-to-a-scalar-inlined",
        &[(
            "reference: { $ref: '#/components/schemas/LooseId' }",
            "reference: { description: An identifier that some banks write as a number., x-source: reference v3, format: id, example: 7 }",
        )],
        &[],
        Compiles,
    ),
    case(
        "parameter-moved-to-components",
        &[
            (
                "        - { name: fields, in: query, schema: { type: array, items: { type: string } }, example: [name] }\n",
                "        - { $ref: '#/components/parameters/Fields' }\n",
            ),
            (
                "  responses:\n    Error:\n",
                "  parameters:\n    Fields: { name: fields, in: query, schema: { type: array, items: { type: string } }, example: [name] }\n  responses:\n    Error:\n",
            ),
        ],
        &["docs component-added"],
        Compiles,
    ),
    case(
        "parameter-moved-to-the-path",
        &[
            (
                "  /consents/{consent_id}:\n    delete:\n",
                "  /consents/{consent_id}:\n    parameters:\n      - { name: consent_id, in: path, required: true, schema: { type: string, format: id }, example: c-1 }\n    delete:\n",
            ),
            (
                "        - { name: consent_id, in: path, required: true, schema: { type: string, format: id }, example: c-1 }\n        - { name: customer,",
                "        - { name: customer,",
            ),
        ],
        &[],
        Compiles,
    ),
    case(
        "answer-inlined",
        &[(
            "        '404': { $ref: '#/components/responses/Error' }\n",
            "        '404': { description: What went wrong., content: { application/json: { schema: { $ref: '#/components/schemas/Error' } } } }\n",
        )],
        &[],
        Compiles,
    ),
    case(
        "field-moved-between-parts",
        &[
            ("        title: { type: string, x-normalized: [holding.name] }\n", ""),
            (
                "x-record: [holding]\n      allOf:\n        - { $ref: '#/components/schemas/Named' }\n",
                "x-record: [holding]\n      allOf:\n        - { $ref: '#/components/schemas/Named' }\n        - { type: object, properties: { title: { type: string, x-normalized: [holding.name] } } }\n",
            ),
        ],
        &[],
        Compiles,
    ),
    case(
        "shared-part-written-out",
        &[(
            "x-record: [holding]\n      allOf:\n        - { $ref: '#/components/schemas/Named' }\n      type: object\n      properties:\n",
            "x-record: [holding]\n      type: object\n      properties:\n        note: { type: string }\n",
        )],
        &["safe all-of-part-removed"],
        Compiles,
    ),
    case(
        "required-in-another-order",
        &[("required: [id, amount, status]", "required: [status, id, amount]")],
        &[],
        Compiles,
    ),
    case(
        "default-said-aloud",
        &[(
            "        - { name: min_amount, in: query, schema",
            "        - { name: min_amount, in: query, required: false, schema",
        )],
        &[],
        Compiles,
    ),
    case(
        "reference-with-words",
        &[(
            "contact: { $ref: '#/components/schemas/Contact' }",
            "contact: { allOf: [{ $ref: '#/components/schemas/Contact' }] }",
        )],
        &[],
        Compiles,
    ),
    case(
        "required-said-by-a-part",
        &[
            ("      required: [id, name]\n", ""),
            (
                "        - type: object\n          properties:\n",
                "        - type: object\n          required: [id, name]\n          properties:\n",
            ),
        ],
        &[],
        Compiles,
    ),
    case(
        "an-anchor",
        &[
            ("example: { id: c-1, status: waiting }\n", "example: &consent { id: c-1, status: waiting }\n"),
            ("example: { data: { id: c-1, status: waiting } }", "example: { data: { status: waiting, id: c-1 } }"),
        ],
        &[],
        Compiles,
    ),
];
