//! The request bodies that the reference prints, built the way an application builds them.

use saltedge_client::types::*;
use saltedge_client::{Amount, Json};

use super::date;

fn fields<const N: usize>(fields: [(&str, &str); N]) -> std::collections::BTreeMap<String, Json> {
    fields.into_iter().map(|(name, json)| (name.to_owned(), json.parse().unwrap())).collect()
}

const NATURES: [AccountNature; 4] =
    [AccountNature::Account, AccountNature::Bonus, AccountNature::Card, AccountNature::Checking];
const SCOPES: [FetchScope; 2] = [FetchScope::HolderInfo, FetchScope::Accounts];
const EXCLUDED: [i64; 3] = [1111111111111, 22222222222222, 3333333333333];

fn consent() -> ConsentRequest {
    ConsentRequest::new([ConsentScope::Accounts, ConsentScope::HolderInfo])
        .from_date(date("2023-11-05"))
        .to_date(date("2023-11-20"))
        .period_days(15)
}

pub fn connect() -> ConnectRequest {
    ConnectRequest::new(consent())
        .customer_id(111111111111_i64)
        .attempt(
            ConnectAttempt::new()
                .fetch_scopes(SCOPES)
                .fetch_from_date(date("2023-09-30"))
                .fetch_to_date(date("2023-10-25"))
                .account_natures(NATURES)
                .custom_fields(fields([]))
                .locale("DE")
                .store_credentials(true)
                .unduplication_strategy(UnduplicationStrategy::DeleteDuplicated)
                .return_to("http://example.com"),
        )
        .widget(
            ConnectWidget::new()
                .show_account_overview(true)
                .show_consent_confirmation(false)
                .credentials_strategy(CredentialsStrategy::Ask)
                .javascript_callback_type(JavascriptCallbackType::Iframe)
                .disable_provider_search(false)
                .skip_provider_selection(false)
                .skip_stages_screen(true)
                .template("default_v3")
                .theme(WidgetTheme::Default)
                .allowed_countries(["XF", "GB", "DE"])
                .popular_providers_country("XF"),
        )
        .provider(
            ProviderSelection::new().code("fake_oauth_client_xf").include_sandboxes(true).modes([ProviderMode::Oauth]),
        )
        .kyc(ConnectKyc::new().type_of_account(KycAccountType::Personal))
        .return_connection_id(false)
        .return_error_class(true)
        .categorization(Categorization::Personal)
        .categorization_vendor(CategorizationVendor::Saltedge)
        .automatic_refresh(true)
}

pub fn reconnect() -> ReconnectRequest {
    ReconnectRequest::new(consent())
        .attempt(
            ReconnectAttempt::new(SCOPES)
                .fetch_from_date(date("2023-09-30"))
                .fetch_to_date(date("2023-10-25"))
                .account_natures(NATURES)
                .exclude_accounts(EXCLUDED)
                .custom_fields(fields([]))
                .locale("DE")
                .store_credentials(true)
                .unduplication_strategy(UnduplicationStrategy::DeleteDuplicated)
                .return_to("http://example.com"),
        )
        .widget(
            ReconnectWidget::new()
                .show_account_overview(true)
                .show_consent_confirmation(false)
                .credentials_strategy(CredentialsStrategy::Ask)
                .javascript_callback_type(JavascriptCallbackType::Iframe)
                .skip_stages_screen(true)
                .template("default_v3")
                .theme(WidgetTheme::Default),
        )
        .return_connection_id(false)
        .return_error_class(true)
        .automatic_refresh(true)
        .override_credentials_strategy(OverrideCredentialsStrategy::Ask)
}

pub fn refresh() -> RefreshRequest {
    RefreshRequest::new()
        .return_connection_id(true)
        .return_error_class(false)
        .automatic_refresh(true)
        .show_widget(false)
        .attempt(
            RefreshAttempt::new(SCOPES)
                .fetch_from_date(date("2023-09-30"))
                .fetch_to_date(date("2023-10-25"))
                .account_natures(NATURES)
                .exclude_accounts(EXCLUDED)
                .custom_fields(fields([]))
                .locale("DE")
                .unduplication_strategy(UnduplicationStrategy::DeleteDuplicated)
                .return_to("http://example.com"),
        )
        .widget(
            RefreshWidget::new()
                .show_account_overview(true)
                .javascript_callback_type(JavascriptCallbackType::Iframe)
                .skip_stages_screen(true)
                .template("default_v3")
                .theme(WidgetTheme::Default),
        )
}

pub fn background_refresh() -> BackgroundRefreshRequest {
    BackgroundRefreshRequest::new().automatic_refresh(true).attempt(
        BackgroundRefreshAttempt::new(SCOPES)
            .fetch_from_date(date("2023-09-30"))
            .fetch_to_date(date("2023-10-25"))
            .account_natures(NATURES)
            .exclude_accounts(EXCLUDED)
            .custom_fields(fields([]))
            .unduplication_strategy(UnduplicationStrategy::DeleteDuplicated),
    )
}

pub fn connection_change() -> ConnectionChange {
    ConnectionChange::new()
        .automatic_refresh(true)
        .categorization(Categorization::Business)
        .status(ConnectionStatusChange::Inactive)
        .store_credentials(false)
}

pub fn transactions_change() -> TransactionsChange {
    TransactionsChange::new("1111111111111", ["transaction_id_1", "2222222222222222", "3333333333333333"], true)
}

pub fn customer() -> CustomerCreation {
    CustomerCreation::new().identifier("example_identifier")
}

pub fn customer_of_partner() -> CustomerCreation {
    customer().email("email@email.com").kyc(
        CustomerKyc::new()
            .citizenship_code("GB")
            .date_of_birth(date("2001-01-01"))
            .full_name("John Doe")
            .gender(Gender::Male)
            .legal_name("Example Company Name")
            .place_of_birth("London")
            .registered_office_code("GB")
            .registered_office_address("London, Independence str, block 5")
            .registration_number("12345")
            .residence_address("London, Independence str, block 5")
            .type_of_account("own"),
    )
}

pub fn bucket() -> BucketCreation {
    BucketCreation::new("existing customer id", "some string identifier")
}

pub fn account_import() -> AccountImport {
    let account = |country, currency| {
        ImportedAccount::new("some_account_identifier", country, currency)
            .nature(AccountNature::Account)
            .provider_code("some_provider_code")
            .holder_name("Holder Name")
            .extra(fields([("some_key", r#""some_value""#)]))
    };
    AccountImport::new("some_identifier", [account("GB", "EUR"), account("AU", "USD")])
}

pub fn transaction_import() -> TransactionImport {
    let amount: Amount = "10.5".parse().unwrap();
    let plain = || ImportedTransaction::new("some_transaction_identifier", "Some transaction description", amount);
    let full = plain()
        .mcc("12495-AS")
        .payee("some_iban")
        .payee_information("some name")
        .payer("some_iban")
        .payer_information("some name")
        .type_("PMNT-CTFD-10")
        .action(ImportAction::Learn)
        .category("new_learn_category")
        .made_on(date("2022-05-24"));
    TransactionImport::new("some_identifier", "some_account_identifier", [plain(), full])
}

pub fn categorization() -> CategorizationStart {
    CategorizationStart::new(CategoryType::Personal, CategorizationVendor::Saltedge)
}

pub fn merchants() -> MerchantLookup {
    MerchantLookup::new([
        "A_64_characters_string",
        "fqtrwtqerqeycbc7cce2f4571b632bb096f6663b2895b3177339797dcc0ba8d3",
        "f6dabf8bb3e1cbc7ccq8736265452gb096f6663b2895b3177339797dcc0ba8d3",
    ])
}

pub fn lessons() -> CategoryLessons {
    CategoryLessons::new(
        "11111111111111111",
        [
            CategoryLesson::new("11111111111111111", "paycheck").immediate(true),
            CategoryLesson::new("22222222222222222", "car_rental").immediate(false),
        ],
    )
}

pub fn report() -> ReportOrder {
    ReportOrder::new(
        "111111111111111",
        [ReportType::Balance, ReportType::Expense],
        "EUR",
        date("2023-03-01"),
        date("2023-04-01"),
    )
    .include_account_natures([AccountNature::Account, AccountNature::Bonus])
    .connection_ids(["111111111111111", "222222222222222", "333333333333333"])
}
