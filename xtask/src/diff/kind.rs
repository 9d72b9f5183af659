//! The kinds of change. The list is closed, and its words do not change: fingerprints and accepted changes stand on them.

macro_rules! kinds {
    ($($kind:ident = $word:literal,)*) => {
        /// What has changed.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(crate) enum Kind { $($kind,)* }

        impl Kind {
            /// Every kind.
            #[cfg(test)]
            pub(crate) const ALL: &[Kind] = &[$(Kind::$kind,)*];

            /// The word that reports, fingerprints and accepted changes use.
            pub(crate) fn word(self) -> &'static str {
                match self { $(Kind::$kind => $word,)* }
            }
        }
    };
}

kinds! {
    // The document.
    ProviderAdded = "provider-added",
    ProviderRemoved = "provider-removed",
    OpenapiVersionChanged = "openapi-version-changed",
    VersionChanged = "version-changed",
    BaseUrlChanged = "base-url-changed",
    ServersChanged = "servers-changed",
    TagAdded = "tag-added",
    TagRemoved = "tag-removed",
    FeatureChanged = "feature-changed",
    ComponentAdded = "component-added",
    ComponentRemoved = "component-removed",
    // Who may call.
    SecuritySchemeAdded = "security-scheme-added",
    SecuritySchemeRemoved = "security-scheme-removed",
    SecuritySchemeChanged = "security-scheme-changed",
    SecurityChanged = "security-changed",
    // Operations.
    OperationAdded = "operation-added",
    OperationRemoved = "operation-removed",
    OperationMoved = "operation-moved",
    OperationRenamed = "operation-renamed",
    TagsChanged = "tags-changed",
    RetryChanged = "retry-changed",
    TimeoutChanged = "timeout-changed",
    PaginationAdded = "pagination-added",
    PaginationRemoved = "pagination-removed",
    PaginationChanged = "pagination-changed",
    ErrorCodeAdded = "error-code-added",
    ErrorCodeRemoved = "error-code-removed",
    // Parameters.
    ParameterAdded = "parameter-added",
    ParameterRemoved = "parameter-removed",
    ParameterRenamed = "parameter-renamed",
    ParameterMoved = "parameter-moved",
    ParameterOrderChanged = "parameter-order-changed",
    StyleChanged = "style-changed",
    // Bodies and answers.
    BodyAdded = "body-added",
    BodyRemoved = "body-removed",
    MediaTypeAdded = "media-type-added",
    MediaTypeRemoved = "media-type-removed",
    EncodingChanged = "encoding-changed",
    EnvelopeChanged = "envelope-changed",
    ResponseAdded = "response-added",
    ResponseRemoved = "response-removed",
    ResponseBecameEmpty = "response-became-empty",
    ResponseGainedContent = "response-gained-content",
    ErrorStatusAdded = "error-status-added",
    ErrorStatusRemoved = "error-status-removed",
    HeaderAdded = "header-added",
    HeaderRemoved = "header-removed",
    // Callbacks.
    WebhookAdded = "webhook-added",
    WebhookRemoved = "webhook-removed",
    VerificationChanged = "verification-changed",
    // Schemas.
    SchemaAdded = "schema-added",
    SchemaRemoved = "schema-removed",
    SchemaRenamed = "schema-renamed",
    SchemaKindChanged = "schema-kind-changed",
    FieldAdded = "field-added",
    FieldRemoved = "field-removed",
    FieldRenamed = "field-renamed",
    BecameRequired = "became-required",
    BecameOptional = "became-optional",
    BecameNullable = "became-nullable",
    NoLongerNullable = "no-longer-nullable",
    TypeChanged = "type-changed",
    FormatChanged = "format-changed",
    DefaultChanged = "default-changed",
    EnumValueAdded = "enum-value-added",
    EnumValueRemoved = "enum-value-removed",
    EnumOrderChanged = "enum-order-changed",
    EnumNamesChanged = "enum-names-changed",
    AdditionalPropertiesOpened = "additional-properties-opened",
    AdditionalPropertiesClosed = "additional-properties-closed",
    ArmAdded = "arm-added",
    ArmRemoved = "arm-removed",
    ArmOrderChanged = "arm-order-changed",
    DiscriminatorChanged = "discriminator-changed",
    PartAdded = "all-of-part-added",
    PartRemoved = "all-of-part-removed",
    LimitTightened = "limit-tightened",
    LimitLoosened = "limit-loosened",
    AccessChanged = "access-changed",
    // Of several of these.
    Deprecated = "deprecated",
    NoLongerDeprecated = "no-longer-deprecated",
    RustNameChanged = "rust-name-changed",
    TitleChanged = "title-changed",
    SensitiveChanged = "sensitive-changed",
    CredentialChanged = "credential-changed",
    NormalizedChanged = "normalized-changed",
    RecordChanged = "record-changed",
    StatusChanged = "status-changed",
    DocsChanged = "docs-changed",
    // A key that no rule knows.
    UnknownChanged = "unknown-changed",
    // A difference of the Rust models that follows from changes elsewhere.
    Consequence = "consequence",
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn words_are_told_apart_and_in_kebab_case() {
        let words: BTreeSet<&str> = Kind::ALL.iter().map(|kind| kind.word()).collect();
        assert_eq!(words.len(), Kind::ALL.len());
        assert!(words.iter().all(|word| word.chars().all(|char| char.is_ascii_lowercase() || char == '-')));
    }
}
