//! Answers: statuses, media types, headers, and what stands in them.

use crate::case::Proof::Compiles;
use crate::case::{Case, breaks, case};

const SHOWN: &str = "content: { application/json: { schema: { $ref: '#/components/schemas/Account' } } } }
        4XX: { $ref: '#/components/responses/Error' }
    patch:";

pub(super) const CASES: &[Case] = &[
    case(
        "answer-of-another-status-and-type-added",
        &[(
            SHOWN,
            "content: { application/json: { schema: { $ref: '#/components/schemas/Account' } } } }
        '202': { description: Later., content: { application/json: { schema: { $ref: '#/components/schemas/Meta' } } } }
        4XX: { $ref: '#/components/responses/Error' }
    patch:",
        )],
        &["breaking response-added"],
        breaks("accounts", "E0308"),
    )
    .rust(&["ShowAccountAnswer"]),
    case(
        "answer-may-be-empty",
        &[(
            SHOWN,
            "content: { application/json: { schema: { $ref: '#/components/schemas/Account' } } } }
        '204': { description: Nothing. }
        4XX: { $ref: '#/components/responses/Error' }
    patch:",
        )],
        &["breaking response-added"],
        breaks("accounts", "E0308"),
    )
    .rust(&["Option<Account>"]),
    case(
        "answer-of-another-status-and-the-same-type-added",
        &[(
            "        '200': { description: The token., content: { application/json: { schema: { $ref: '#/components/schemas/Token' } } } }\n",
            "        '200': { description: The token., content: { application/json: { schema: { $ref: '#/components/schemas/Token' } } } }
        '201': { description: A new one., content: { application/json: { schema: { $ref: '#/components/schemas/Token' } } } }\n",
        )],
        &["safe response-added"],
        Compiles,
    ),
    case(
        "answer-under-another-status",
        &[(
            "        '201': { description: The consent., content",
            "        '200': { description: The consent., content",
        )],
        &["careful response-removed", "safe response-added"],
        Compiles,
    )
    .wire(&["200", "201"]),
    case(
        "answer-of-several-removed",
        &[(
            "        '202': { description: It is being made., content: { application/json: { schema: { $ref: '#/components/schemas/ReportPending' } } } }\n",
            "",
        )],
        &["breaking response-removed"],
        breaks("reports", "E0433"),
    )
    .rust(&["type `ReportPending` is gone", "CreateReportAnswer"]),
    case(
        "answer-of-several-added",
        &[(
            "        '202': { description: It is being made., content: { application/json: { schema: { $ref: '#/components/schemas/ReportPending' } } } }\n",
            "        '202': { description: It is being made., content: { application/json: { schema: { $ref: '#/components/schemas/ReportPending' } } } }
        '204': { description: There is none. }\n",
        )],
        &["careful response-added"],
        Compiles,
    ),
    case(
        "answer-of-another-type",
        &[(
            "'200': { description: The token., content: { application/json: { schema: { $ref: '#/components/schemas/Token' } } } }",
            "'200': { description: The token., content: { application/json: { schema: { $ref: '#/components/schemas/Consent' } } } }",
        )],
        &["breaking type-changed"],
        breaks("tokens", "E0432"),
    )
    .rust(&["Token", "Consent"]),
    case(
        "answer-becomes-a-list",
        &[(
            SHOWN,
            "content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Account' } } } } }
        4XX: { $ref: '#/components/responses/Error' }
    patch:",
        )],
        &["breaking type-changed"],
        breaks("accounts", "E0308"),
    )
    .rust(&["Vec<Account>"]),
    case(
        "answer-becomes-empty",
        &[(", content: { application/json: { schema: { $ref: '#/components/schemas/Token' } } } }", " }")],
        &["breaking response-became-empty"],
        breaks("tokens", "E0432"),
    ),
    case(
        "answer-no-longer-empty",
        &[(
            "'204': { description: Done. }",
            "'204': { description: Done., content: { application/json: { schema: { $ref: '#/components/schemas/Consent' } } } }",
        )],
        &["breaking response-gained-content"],
        breaks("nothing", "E0308"),
    ),
    case(
        "other-media-type-removed",
        &[("            application/pdf: { schema: { type: string, format: binary } }\n", "")],
        &["breaking media-type-removed"],
        breaks("reports", "E0599"),
    )
    .rust(&["send_pdf"]),
    case(
        "other-media-type-added",
        &[(
            "            application/pdf: { schema: { type: string, format: binary } }\n",
            "            application/pdf: { schema: { type: string, format: binary } }\n            text/csv: { schema: { type: string } }\n",
        )],
        &["safe media-type-added"],
        Compiles,
    )
    .rust(&["send_csv"]),
    case(
        "answer-header-removed",
        &[("headers: { X-Served-By: { schema: { type: string }, example: edge } }, ", "")],
        &["careful header-removed"],
        Compiles,
    )
    .wire(&["X-Served-By"]),
    case(
        "answer-header-added",
        &[("headers: { X-Served-By:", "headers: { X-Rate: { schema: { type: integer } }, X-Served-By:")],
        &["safe header-added"],
        Compiles,
    )
    .wire(&["X-Rate"]),
    case(
        "error-status-added",
        &[(
            "        '404': { $ref: '#/components/responses/Error' }\n",
            "        '404': { $ref: '#/components/responses/Error' }\n        '409': { $ref: '#/components/responses/Error' }\n",
        )],
        &["safe error-status-added"],
        Compiles,
    )
    .wire(&["409"]),
    case(
        "error-status-removed",
        &[("        '404': { $ref: '#/components/responses/Error' }\n", "")],
        &["safe error-status-removed"],
        Compiles,
    )
    .wire(&["404"]),
    case(
        "error-body-of-another-type",
        &[(
            "      content: { application/json: { schema: { $ref: '#/components/schemas/Error' } } }",
            "      content: { application/json: { schema: { $ref: '#/components/schemas/Meta' } } }",
        )],
        &["breaking type-changed"],
        breaks("errors", "E0432"),
    )
    .rust(&["type `ErrorCode` is gone", "type `ErrorType` is gone"]),
    case(
        "error-field-removed",
        &[(", message: { type: string } }", " }")],
        &["breaking field-removed"],
        breaks("errors", "E0609"),
    )
    .rust(&["message"]),
    case(
        "error-code-without-status",
        &[(", x-status: { ConsentNotFound: 404, Refused: 403 }", "")],
        &["safe status-changed"],
        Compiles,
    ),
    case("error-code-of-another-status", &[("Refused: 403 }", "Refused: 401 }")], &["safe status-changed"], Compiles),
    case(
        "answer-description",
        &[("'204': { description: Done. }", "'204': { description: It is done. }")],
        &["docs docs-changed"],
        Compiles,
    ),
    case(
        "answer-of-another-media-type",
        &[("The token., content: { application/json: {", "The token., content: { text/plain: {")],
        &["breaking media-type-removed", "breaking media-type-added"],
        breaks("tokens", "E0432"),
    )
    .rust(&["String"]),
];
