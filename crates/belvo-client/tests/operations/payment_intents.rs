//! Payments one by one, and what belongs to them.

use belvo_client::types::*;

use crate::support::{ACCOUNT, ID, LINK, amount, date};
use crate::{
    Answer::{Nothing, One, Page},
    BARE, CHARGE, PARENT, Provider, body, query,
};

pub(crate) async fn all(it: &mut Provider) {
    intents(it).await;
    charges(it).await;
    transactions(it).await;
}

async fn intents(it: &mut Provider) {
    let client = it.client.clone();
    it.call(
        "GET /payments/br/payment-intents/",
        query(
            "page_size=20&id__in=30cb4806-6e00-48a4-91c9-ca55968576c8&amount__gte=10.50\
             &created_at__range=2024-01-01,2024-01-31\
             &customer__in=d979d5fa-91ad-4f8c-8c30-9f5c6c2b7d1e&external_id=order-17\
             &ordering=-updated_at&payment_method_type=open_finance&search=shoes\
             &status__in=SUCCEEDED,FAILED&updated_at__lt=2024-02-01",
        ),
        Page("payment-intent"),
        client
            .list_payment_intents()
            .page_size(20)
            .id_in([LINK])
            .amount_gte(amount("10.50"))
            .created_at_range([date("2024-01-01"), date("2024-01-31")])
            .customer_in([ACCOUNT])
            .external_id("order-17")
            .ordering(PaymentIntentOrder::UpdatedAtReversed)
            .payment_method_type(PaymentMethodType::OpenFinance)
            .search("shoes")
            .status_in([PaymentIntentStatus::Succeeded, PaymentIntentStatus::Failed])
            .updated_at_lt(date("2024-02-01"))
            .send(),
    )
    .await;
    it.call(
        "POST /payments/br/payment-intents/",
        body(PAYMENT).header("belvo-idempotency-key", PARENT),
        One("payment-intent"),
        client.create_payment_intent(payment()).idempotency_key(PARENT).send(),
    )
    .await;
    it.call(
        "GET /payments/br/payment-intents/{id}/",
        BARE,
        One("payment-intent"),
        client.show_payment_intent(ID).send(),
    )
    .await;
    it.call(
        "PATCH /payments/br/payment-intents/{id}/",
        body(
            r#"{"payment_method_details":{"open_finance":{"payer_institution":"d979d5fa-91ad-4f8c-8c30-9f5c6c2b7d1e"}},
             "confirm":true}"#,
        ),
        One("payment-intent-pix"),
        client
            .complete_payment_intent(
                ID,
                PaymentIntentCompletion::new()
                    .payment_method_details(IntentMethodCompletion::new(
                        OpenFinanceCompletion::new().payer_institution(ACCOUNT),
                    ))
                    .confirm(true),
            )
            .send(),
    )
    .await;
    it.call("POST /payments/br/payment-intents/{id}/cancel/", BARE, Nothing, client.cancel_payment_intent(ID).send())
        .await;
}

async fn charges(it: &mut Provider) {
    let client = it.client.clone();
    it.call(
        "GET /payments/br/payment-intents/{payment_intent_id}/charges/",
        query("page=2&status__in=PENDING,SCHEDULED"),
        Page("charge"),
        client
            .list_payment_intent_charges(PARENT)
            .page(2)
            .status_in([ChargeStatus::Pending, ChargeStatus::Scheduled])
            .send(),
    )
    .await;
    it.call(
        "GET /payments/br/payment-intents/{payment_intent_id}/charges/{charge_id}/",
        BARE,
        One("charge"),
        client.show_payment_intent_charge(PARENT, CHARGE).send(),
    )
    .await;
    it.call(
        "POST /payments/br/payment-intents/{payment_intent_id}/charges/{charge_id}/cancel/",
        BARE,
        Nothing,
        client.cancel_payment_intent_charge(PARENT, CHARGE).send(),
    )
    .await;
    it.call(
        "GET /payments/br/charges/",
        query(
            "id__in=30cb4806-6e00-48a4-91c9-ca55968576c8,d979d5fa-91ad-4f8c-8c30-9f5c6c2b7d1e\
             &amount__lt=99.90&created_at__gt=2024-01-01\
             &payment_intent=d979d5fa-91ad-4f8c-8c30-9f5c6c2b7d1e&status=PARTIAL",
        ),
        Page("charge-pix"),
        client
            .list_charges()
            .id_in([LINK, ACCOUNT])
            .amount_lt(amount("99.90"))
            .created_at_gt(date("2024-01-01"))
            .payment_intent(ACCOUNT)
            .status(ChargeStatus::Partial)
            .send(),
    )
    .await;
    it.call(
        "GET /payments/br/charges/{charge_id}/",
        BARE.version_2(),
        One("charge-v2"),
        client.show_charge(CHARGE).version(PaymentsVersion::V2).send(),
    )
    .await;
}

async fn transactions(it: &mut Provider) {
    let client = it.client.clone();
    it.call(
        "GET /payments/br/transactions/",
        query(
            "created_at__gte=2024-01-01&charge__in=30cb4806-6e00-48a4-91c9-ca55968576c8\
             &beneficiary=d979d5fa-91ad-4f8c-8c30-9f5c6c2b7d1e\
             &payer__in=d979d5fa-91ad-4f8c-8c30-9f5c6c2b7d1e&transaction__type=INFLOW\
             &currency=BRL&amount__range=1,99.99",
        ),
        Page("payment-transaction"),
        client
            .list_payment_transactions()
            .created_at_gte(date("2024-01-01"))
            .charge_in([LINK])
            .beneficiary(ACCOUNT)
            .payer_in([ACCOUNT])
            .transaction_type(PaymentDirection::Inflow)
            .currency("BRL")
            .amount_range([amount("1"), amount("99.99")])
            .send(),
    )
    .await;
    it.call(
        "GET /payments/br/transactions/{id}/",
        BARE,
        One("payment-transaction"),
        client.show_payment_transaction(ID).send(),
    )
    .await;
}

const PAYMENT: &str = r#"{
    "amount": "1234.10",
    "customer": "d979d5fa-91ad-4f8c-8c30-9f5c6c2b7d1e",
    "description": "Shoes",
    "allowed_payment_method_types": ["open_finance"],
    "payment_method_details": {
        "open_finance": {
            "beneficiary_bank_account": "30cb4806-6e00-48a4-91c9-ca55968576c8",
            "callback_url": "https://x.example/paid",
            "schedule": { "single": { "date": "2024-02-01" } }
        }
    },
    "confirm": true
}"#;

fn payment() -> PaymentIntentCreation {
    let payment = BankAccountPaymentCreation::new(LINK, "https://x.example/paid")
        .schedule(PaymentSchedule::new().single(SinglePayment::new().date(date("2024-02-01"))));
    let method = IntentMethodCreation::new(payment);
    PaymentIntentCreation::new(amount("1234.10"), ACCOUNT, "Shoes", [PaymentMethodType::OpenFinance], method, true)
}
