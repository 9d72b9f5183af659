//! Lists and how they continue.

use crate::case::Proof::Compiles;
use crate::case::{Case, breaks, case};

pub(super) const CASES: &[Case] = &[
    case(
        "pagination-removed",
        &[("      x-pagination: { items: /results, next_link: /next }\n", "")],
        &["breaking pagination-removed"],
        breaks("transactions", "E0599"),
    )
    .rust(&["stream"]),
    case(
        "pagination-of-another-kind",
        &[("{ items: /results, offset: offset, size: limit }", "{ items: /results, page: offset, size: limit }")],
        &["careful pagination-changed"],
        Compiles,
    )
    .wire(&["page", "offset"]),
    case(
        "pagination-by-another-parameter",
        &[("next: /meta/next_id, cursor: from_id,", "next: /meta/next_id, cursor: consent_id,")],
        &["careful pagination-changed"],
        Compiles,
    ),
    case(
        "pagination-size-removed",
        &[(", offset: offset, size: limit }", ", offset: offset }")],
        &["careful pagination-changed"],
        Compiles,
    ),
    case(
        "pagination-items-elsewhere",
        &[
            (
                "x-pagination: { items: /results, next_link: /next }",
                "x-pagination: { items: /others, next_link: /next }",
            ),
            (
                "        next: { type: string, nullable: true }\n",
                "        next: { type: string, nullable: true }\n        others: { type: array, items: { $ref: '#/components/schemas/Share' } }\n",
            ),
        ],
        &["breaking pagination-changed", "safe field-added"],
        breaks("streams", "E0308"),
    )
    .rust(&["Share"]),
    case(
        "pagination-next-elsewhere",
        &[
            (
                "x-pagination: { items: /results, next_link: /next }",
                "x-pagination: { items: /results, next_link: /following }",
            ),
            (
                "        next: { type: string, nullable: true }\n",
                "        next: { type: string, nullable: true }\n        following: { type: string, nullable: true }\n",
            ),
        ],
        &["careful pagination-changed", "safe field-added"],
        Compiles,
    ),
    case(
        "page-renamed",
        &[
            (
                "{ application/json: { schema: { $ref: '#/components/schemas/HoldingPage' } } }",
                "{ application/json: { schema: { $ref: '#/components/schemas/PositionPage' } } }",
            ),
            ("    HoldingPage:\n", "    PositionPage:\n"),
        ],
        &["breaking schema-renamed"],
        breaks("holdings", "E0432"),
    )
    .rust(&["HoldingPage", "PositionPage"]),
    case(
        "page-without-its-name",
        &[(
            "content: { application/json: { schema: { $ref: '#/components/schemas/HoldingPage' } } }",
            "content: { application/json: { schema: { type: object, description: A page of holdings., x-source: 'reference v3, Holdings', example: { results: [{ title: Fund }] }, required: [results], properties: { results: { type: array, items: { $ref: '#/components/schemas/Holding' } } } } } }",
        )],
        &["breaking consequence", "breaking consequence", "safe consequence"],
        breaks("holdings", "E0432"),
    )
    .rust(&["HoldingPage"]),
];
