//! Bodies of requests, and the fields of what is sent.

use crate::case::Proof::Compiles;
use crate::case::{Case, breaks, case};

const UNTIL: &str = "        until: { type: string, format: date }\n";

pub(super) const CASES: &[Case] = &[
    case(
        "request-field-added",
        &[(UNTIL, "        until: { type: string, format: date }\n        language: { type: string }\n")],
        &["safe field-added"],
        Compiles,
    )
    .rust(&["language"]),
    case(
        "request-field-added-required",
        &[
            (UNTIL, "        until: { type: string, format: date }\n        purpose: { type: string }\n"),
            ("required: [institution, scopes]", "required: [institution, scopes, purpose]"),
        ],
        &["breaking field-added"],
        breaks("consents", "E0061"),
    )
    .rust(&["ConsentCreation::new", "purpose"]),
    case("request-field-removed", &[(UNTIL, "")], &["breaking field-removed"], breaks("consents", "E0599"))
        .rust(&["until"]),
    case(
        "request-field-no-longer-required",
        &[("required: [institution, scopes]", "required: [institution]")],
        &["breaking became-optional"],
        breaks("consents", "E0061"),
    )
    .rust(&["scopes"]),
    case(
        "request-field-now-required",
        &[("required: [institution, scopes]", "required: [institution, scopes, until]")],
        &["breaking became-required"],
        breaks("consents", "E0061"),
    )
    .rust(&["until"]),
    case(
        "request-without-required-fields-gets-one",
        &[(
            "      example: { nickname: Main, hidden: false, tag: home }\n",
            "      required: [hidden]\n      example: { nickname: Main, hidden: false, tag: home }\n",
        )],
        &["breaking became-required"],
        breaks("update", "E0061"),
    )
    .rust(&["AccountUpdate::new"]),
    case(
        "request-field-type",
        &[("hidden: { type: boolean }", "hidden: { type: string }")],
        &["breaking type-changed"],
        breaks("update", "E0308"),
    )
    .rust(&["bool", "String"]),
    case(
        "request-field-now-nullable",
        &[("tag: { type: string, pattern: '^[a-z]+$' }", "tag: { type: string, nullable: true, pattern: '^[a-z]+$' }")],
        &["breaking became-nullable"],
        breaks("update", "E0308"),
    )
    .rust(&["Maybe<String>"]),
    case(
        "request-field-no-longer-nullable",
        &[("nickname: { type: string, nullable: true, maxLength: 40 }", "nickname: { type: string, maxLength: 40 }")],
        &["breaking no-longer-nullable"],
        breaks("update", "E0599"),
    )
    .rust(&["Option<String>"]),
    case(
        "request-field-secret",
        &[("phone: { type: string, x-sensitive: personal }", "phone: { type: string, x-sensitive: secret }")],
        &["breaking sensitive-changed"],
        breaks("consents", "E0308"),
    )
    .rust(&["Secret"]),
    case(
        "request-field-for-the-authorizer",
        &[("user: { type: string, format: id }", "user: { type: string, format: id, x-credential: true }")],
        &["breaking credential-changed", "breaking consequence"],
        breaks("tokens", "E0061"),
    )
    .rust(&["user"]),
    case(
        "request-limit-tightened",
        &[("nullable: true, maxLength: 40", "nullable: true, maxLength: 20")],
        &["careful limit-tightened"],
        Compiles,
    ),
    case(
        "request-limit-loosened",
        &[("nullable: true, maxLength: 40", "nullable: true, maxLength: 80")],
        &["safe limit-loosened"],
        Compiles,
    ),
    case("request-limit-removed", &[(", minItems: 1 }", " }")], &["safe limit-loosened"], Compiles),
    case(
        "request-pattern",
        &[("pattern: '^[a-z]+$'", "pattern: '^[a-z0-9]+$'")],
        &["careful limit-tightened"],
        Compiles,
    ),
    case(
        "request-fields-in-another-order",
        &[(
            "        institution: { type: string, format: id }
        scopes: { type: array, items: { $ref: '#/components/schemas/Scope' }, minItems: 1 }\n",
            "        scopes: { type: array, items: { $ref: '#/components/schemas/Scope' }, minItems: 1 }
        institution: { type: string, format: id }\n",
        )],
        &["breaking consequence"],
        breaks("consents", "E0277"),
    )
    .rust(&["ConsentCreation::new", "institution", "scopes"]),
    case(
        "request-fields-in-another-order-of-a-small-type",
        &[(
            "properties: { kind: { $ref: '#/components/schemas/UploadKind' }, file: { type: string, format: id } }",
            "properties: { file: { type: string, format: id }, kind: { $ref: '#/components/schemas/UploadKind' } }",
        )],
        &["breaking consequence"],
        breaks("reports", "E0277"),
    )
    .rust(&["Upload::new"]),
    case(
        "request-field-that-takes-the-name-of-a-setter",
        &[(
            "        hidden: { type: boolean }\n",
            "        hidden: { type: boolean }\n        null_nickname: { type: boolean }\n",
        )],
        &["breaking field-added"],
        breaks("update", "E0061"),
    )
    .rust(&["null_nickname"]),
    case(
        "body-no-longer-required",
        &[(
            "        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/AccountUpdate' }",
            "        content: { application/json: { schema: { $ref: '#/components/schemas/AccountUpdate' }",
        )],
        &["breaking became-optional"],
        breaks("accounts", "E0061"),
    )
    .rust(&["update_account"]),
    case(
        "body-removed",
        &[(
            "      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/AccountUpdate' }, example: { nickname: ~ } } }\n",
            "",
        )],
        &["breaking body-removed"],
        breaks("accounts", "E0061"),
    )
    .rust(&["type `AccountUpdate` is gone", "update_account"]),
    case(
        "body-added",
        &[(
            "operationId: remove_consent\n",
            "operationId: remove_consent
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Contact' } } } }\n",
        )],
        &["breaking body-added"],
        breaks("consents", "E0061"),
    )
    .rust(&["remove_consent", "Contact"]),
    case(
        "body-added-optional",
        &[(
            "operationId: remove_consent\n",
            "operationId: remove_consent
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Contact' } } } }\n",
        )],
        &["safe body-added"],
        Compiles,
    )
    .rust(&["RemoveConsent::body"]),
    case(
        "body-media-type",
        &[
            ("          application/x-www-form-urlencoded:\n", "          application/json:\n"),
            ("            encoding: { scopes: { style: form, explode: false } }\n", ""),
        ],
        &["careful media-type-removed", "careful media-type-added"],
        Compiles,
    )
    .wire(&["application/json"]),
    case(
        "body-encoding",
        &[(
            "encoding: { scopes: { style: form, explode: false } }",
            "encoding: { scopes: { style: form, explode: true } }",
        )],
        &["careful encoding-changed"],
        Compiles,
    ),
    case(
        "body-envelope-renamed",
        &[
            ("x-envelope: data", "x-envelope: consent"),
            (
                "schema: { type: object, required: [data], properties: { data: { $ref: '#/components/schemas/ConsentCreation' } } }",
                "schema: { type: object, required: [consent], properties: { consent: { $ref: '#/components/schemas/ConsentCreation' } } }",
            ),
        ],
        &["careful envelope-changed"],
        Compiles,
    )
    .wire(&["data", "consent"]),
    case(
        "body-envelope-removed",
        &[
            ("        x-envelope: data\n", ""),
            (
                "schema: { type: object, required: [data], properties: { data: { $ref: '#/components/schemas/ConsentCreation' } } }",
                "schema: { $ref: '#/components/schemas/ConsentCreation' }",
            ),
        ],
        &["careful envelope-changed"],
        Compiles,
    ),
    case(
        "body-schema",
        &[(
            "content: { application/json: { schema: { $ref: '#/components/schemas/AccountUpdate' }, example: { nickname: ~ } } }",
            "content: { application/json: { schema: { $ref: '#/components/schemas/Contact' }, example: { nickname: ~ } } }",
        )],
        &["breaking type-changed"],
        breaks("accounts", "E0432"),
    )
    .rust(&["AccountUpdate", "Contact"]),
    case(
        "body-of-several-parts",
        &[(
            "        content: { application/json: { schema: { $ref: '#/components/schemas/AccountUpdate' }",
            "        content: { multipart/form-data: { schema: { $ref: '#/components/schemas/AccountUpdate' }",
        )],
        &["breaking media-type-removed", "breaking media-type-added"],
        breaks("accounts", "E0432"),
    )
    .rust(&["Multipart"]),
    case(
        "request-field-default",
        &[("hidden: { type: boolean }", "hidden: { type: boolean, default: true }")],
        &["careful default-changed"],
        Compiles,
    ),
];
