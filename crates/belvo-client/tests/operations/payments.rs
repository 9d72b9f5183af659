//! Who pays whom in Brazil, and what was authorized.

use belvo_client::types::*;

use crate::support::{ACCOUNT, ID, LINK, amount, date};
use crate::{
    Answer::{Nothing, One, Page},
    BARE, CHARGE, PARENT, Provider, body, query,
};

pub(crate) async fn all(it: &mut Provider) {
    parties(it).await;
    authorizations(it).await;
    enrollments(it).await;
}

async fn parties(it: &mut Provider) {
    let client = it.client.clone();
    it.call(
        "GET /payments/br/institutions/",
        query("name=erebor&institution_type=INDIVIDUAL&id__in=30cb4806-6e00-48a4-91c9-ca55968576c8"),
        Page("payment-institution"),
        client
            .list_payment_institutions()
            .name("erebor")
            .institution_type(CustomerType::Individual)
            .id_in([LINK])
            .send(),
    )
    .await;
    it.call(
        "GET /payments/br/customers/",
        query(
            "id__in=30cb4806-6e00-48a4-91c9-ca55968576c8&created_at__lte=2024-02-01\
             &customer__type=BUSINESS&external_id__in=user-1,user-2&search=ana",
        ),
        Page("customer-v1"),
        client
            .list_customers()
            .id_in([LINK])
            .created_at_lte(date("2024-02-01"))
            .customer_type(CustomerType::Business)
            .external_id_in(["user-1", "user-2"])
            .search("ana")
            .send(),
    )
    .await;
    it.call(
        "POST /payments/br/customers/",
        body(r#"{"identifier":"76109277673","name":"Ana","external_id":"user-1"}"#).version_2(),
        One("customer-v2"),
        client
            .create_customer(CustomerCreation::new("76109277673").name("Ana").external_id("user-1"))
            .version(PaymentsVersion::V2)
            .send(),
    )
    .await;
    it.call(
        "GET /payments/br/customers/{id}/",
        BARE.version_2(),
        One("customer-v2"),
        client.show_customer(ID).version(PaymentsVersion::V2).send(),
    )
    .await;
    it.call(
        "GET /payments/br/bank-accounts/",
        query(
            "created_at=2024-01-03&number__in=1,2&customer=d979d5fa-91ad-4f8c-8c30-9f5c6c2b7d1e\
             &external_id=acc-1&institution=30cb4806-6e00-48a4-91c9-ca55968576c8\
             &holder__type__in=INDIVIDUAL,BUSINESS",
        )
        .version_2(),
        Page("bank-account-v2"),
        client
            .list_bank_accounts()
            .version(PaymentsVersion::V2)
            .created_at(date("2024-01-03"))
            .number_in(["1", "2"])
            .customer(ACCOUNT)
            .external_id("acc-1")
            .institution(LINK)
            .holder_type_in([CustomerType::Individual, CustomerType::Business])
            .send(),
    )
    .await;
    it.call(
        "POST /payments/br/bank-accounts/",
        body(
            r#"{"holder":{"name":"Ana","identifier":"76109277673"},
             "details":{"account_type":"CHECKINGS","agency":"0001",
             "institution":"30cb4806-6e00-48a4-91c9-ca55968576c8",
             "number":"1234567"}}"#,
        )
        .version_2(),
        One("bank-account-v2"),
        client.create_bank_account(bank_account()).version(PaymentsVersion::V2).send(),
    )
    .await;
    it.call("GET /payments/br/bank-accounts/{id}/", BARE, One("bank-account-v1"), client.show_bank_account(ID).send())
        .await;
}

async fn authorizations(it: &mut Provider) {
    let client = it.client.clone();
    it.call(
        "GET /payments/br/payment-authorizations/",
        query(
            "id__in=30cb4806-6e00-48a4-91c9-ca55968576c8&amount__lte=10.50\
             &created_at__gt=2024-01-01&customer=d979d5fa-91ad-4f8c-8c30-9f5c6c2b7d1e\
             &external_id__in=order-1,order-2&search=rent&updated_at__range=2024-01-01,2024-01-31",
        )
        .version_2(),
        Page("payment-authorization"),
        client
            .list_payment_authorizations(PaymentsVersion::V2)
            .id_in([LINK])
            .amount_lte(amount("10.50"))
            .created_at_gt(date("2024-01-01"))
            .customer(ACCOUNT)
            .external_id_in(["order-1", "order-2"])
            .search("rent")
            .updated_at_range([date("2024-01-01"), date("2024-01-31")])
            .send(),
    )
    .await;
    it.call(
        "POST /payments/br/payment-authorizations/",
        body(
            r#"{"payment_method":"PIX_OF_SCHEDULED","description":"Rent",
             "return_url":"https://x.example/back",
             "payer":{"customer":{"identifier":"76109277673","name":"Ana"},
             "institution":"d979d5fa-91ad-4f8c-8c30-9f5c6c2b7d1e"},
             "beneficiary":{"type":"BANK_ACCOUNT",
             "target":"30cb4806-6e00-48a4-91c9-ca55968576c8"},
             "payment_method_configuration":{"amount":10000.05,
             "statement_description":"Rent","dates":["2024-02-01"]}}"#,
        )
        .version_2(),
        One("payment-authorization"),
        client.create_payment_authorization(PaymentsVersion::V2, authorization()).send(),
    )
    .await;
    it.call(
        "GET /payments/br/payment-authorizations/{payment_authorization_id}/",
        BARE.version_2(),
        One("payment-authorization"),
        client.show_payment_authorization(PaymentsVersion::V2, PARENT).send(),
    )
    .await;
    it.call(
        "POST /payments/br/payment-authorizations/{payment_authorization_id}/cancel/",
        BARE.version_2(),
        Nothing,
        client.cancel_payment_authorization(PaymentsVersion::V2, PARENT).send(),
    )
    .await;
    it.call(
        "GET /payments/br/payment-authorizations/{payment_authorization_id}/charges/",
        query("status__in=PENDING,SETTLED").version_2(),
        Page("charge-v2"),
        client
            .list_payment_authorization_charges(PaymentsVersion::V2, PARENT)
            .status_in([AuthorizationChargeStatus::Pending, AuthorizationChargeStatus::Settled])
            .send(),
    )
    .await;
    it.call(
        "GET /payments/br/payment-authorizations/{payment_authorization_id}/charges/{charge_id}/",
        BARE.version_2(),
        One("charge-v2"),
        client.show_payment_authorization_charge(PaymentsVersion::V2, PARENT, CHARGE).send(),
    )
    .await;
    it.call(
        "POST /payments/br/payment-authorizations/{payment_authorization_id}/charges/{charge_id}/retry/",
        body(r#"{"date":"2024-02-02"}"#).version_2(),
        One("charge-v2"),
        client
            .retry_payment_authorization_charge(
                PaymentsVersion::V2,
                PARENT,
                CHARGE,
                ChargeRetry::new().date(date("2024-02-02")),
            )
            .send(),
    )
    .await;
    it.call(
        "POST /payments/br/payment-authorizations/{payment_authorization_id}/charges/{charge_id}/cancel/",
        BARE.version_2(),
        Nothing,
        client.cancel_payment_authorization_charge(PaymentsVersion::V2, PARENT, CHARGE).send(),
    )
    .await;
}

async fn enrollments(it: &mut Provider) {
    let client = it.client.clone();
    it.call(
        "GET /payments/br/enrollments/",
        query(
            "customer__identifier=76109277673&customer=d979d5fa-91ad-4f8c-8c30-9f5c6c2b7d1e\
             &external_id__in=phone-1&institution=30cb4806-6e00-48a4-91c9-ca55968576c8\
             &status__in=PENDING,SUCCEEDED",
        ),
        Page("enrollment"),
        client
            .list_enrollments()
            .customer_identifier("76109277673")
            .customer(ACCOUNT)
            .external_id_in(["phone-1"])
            .institution(LINK)
            .status_in([EnrollmentStatus::Pending, EnrollmentStatus::Succeeded])
            .send(),
    )
    .await;
    it.call(
        "POST /payments/br/enrollments/",
        body(
            r#"{"type":"open_finance_biometric_pix",
             "details":{"customer":"d979d5fa-91ad-4f8c-8c30-9f5c6c2b7d1e",
             "institution":"30cb4806-6e00-48a4-91c9-ca55968576c8",
             "platform":"ANDROID","risk_signals":{"deviceId":"5ad82a8f"}}}"#,
        ),
        One("enrollment"),
        client.create_enrollment(enrollment()).send(),
    )
    .await;
    it.call(
        "GET /payments/br/enrollments/{enrollment_id}/",
        BARE,
        One("enrollment"),
        client.show_enrollment(ID).send(),
    )
    .await;
    it.call(
        "POST /payments/br/enrollments/complete-redirection/",
        body(r#"{"state":"a-state","code":"a-code","id_token":"a-token"}"#),
        One("enrollment"),
        client.complete_enrollment(EnrollmentRedirection::new("a-state").code("a-code").id_token("a-token")).send(),
    )
    .await;
    it.call(
        "POST /payments/br/token/",
        body(
            r#"{"use_cases":["ENROLLMENT"],
             "widget":{"enrollment":{"type":"open_finance_biometric_pix",
             "details":{"customer":"d979d5fa-91ad-4f8c-8c30-9f5c6c2b7d1e"},
             "metadata":{}},"callback_urls":{"success":"https://x.example/yes",
             "exit":"https://x.example/no"},"branding":{"company_name":"ACME"}}}"#,
        ),
        One("widget-token"),
        client.create_payment_widget_token(widget()).send(),
    )
    .await;
}

fn bank_account() -> BankAccountCreationV2 {
    let details = BankAccountDetailsV2::new(BankAccountType::Checkings, "0001", LINK, "1234567");
    BankAccountCreationV2::new(HolderCreationV2::new("Ana", "76109277673"), details)
}

fn authorization() -> PaymentAuthorizationCreation {
    PaymentAuthorizationCreation::new(
        AuthorizationMethod::Scheduled,
        "Rent",
        "https://x.example/back",
        AuthorizationPayerCreation::new(CustomerIdentity::new("76109277673", "Ana")).institution(ACCOUNT),
        AuthorizationBeneficiaryCreation::new(BeneficiaryType::BankAccount, LINK),
        AuthorizationTermsCreation::new(amount("10000.05"), "Rent").dates([date("2024-02-01")]),
    )
}

fn enrollment() -> EnrollmentCreation {
    let signals = std::collections::BTreeMap::from([("deviceId".to_owned(), r#""5ad82a8f""#.parse().unwrap())]);
    let details = EnrollmentDetailsCreation::new(ACCOUNT, LINK, DevicePlatform::Android, signals);
    EnrollmentCreation::new(EnrollmentType::BiometricPix, details)
}

fn widget() -> PaymentWidgetTokenCreation {
    let callbacks = PaymentWidgetCallbacks::new("https://x.example/yes", "https://x.example/no");
    let details = WidgetEnrollmentDetails::new(WidgetCustomer::from(belvo_client::Id::from(ACCOUNT)));
    let enrollment = WidgetEnrollment::new(EnrollmentType::BiometricPix, details, []);
    let widget = PaymentWidget::new(callbacks, PaymentWidgetBranding::new("ACME")).enrollment(enrollment);
    PaymentWidgetTokenCreation::new([PaymentWidgetUse::Enrollment], widget)
}
