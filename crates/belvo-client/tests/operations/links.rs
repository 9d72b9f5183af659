//! Institutions, links, consents and tokens of the widget.

use belvo_client::types::*;

use crate::support::{ACCOUNT, ID, LINK, date, resumption};
use crate::{
    Answer::{Accepted, One, Page},
    BARE, Provider, body, query,
};

pub(crate) async fn all(it: &mut Provider) {
    institutions(it).await;
    links(it).await;
    consents(it).await;
    widget(it).await;
}

async fn institutions(it: &mut Provider) {
    let client = it.client.clone();
    it.call(
        "GET /api/institutions/",
        query(
            "page_size=50&page=2&display_name=Erebor&country_code__in=BR,MX\
             &resources__allin=OWNERS,ACCOUNTS&status=healthy&type__in=bank,fiscal",
        ),
        Page("institution"),
        client
            .list_institutions()
            .page_size(50)
            .page(2)
            .display_name("Erebor")
            .country_code_in(["BR", "MX"])
            .resources_allin([Resource::Owners, Resource::Accounts])
            .status(InstitutionStatus::Healthy)
            .type_in([InstitutionType::Bank, InstitutionType::Fiscal])
            .send(),
    )
    .await;
    it.call("GET /api/institutions/{id}/", BARE, One("institution"), client.show_institution(ID).send()).await;
}

async fn links(it: &mut Provider) {
    let client = it.client.clone();
    it.call(
        "GET /api/links/",
        query(
            "omit=external_id\
             &id__in=30cb4806-6e00-48a4-91c9-ca55968576c8,d979d5fa-91ad-4f8c-8c30-9f5c6c2b7d1e\
             &institution=erebor_mx_retail&access_mode=single\
             &created_at__range=2024-01-01,2024-01-31\
             &created_by__not_in=d979d5fa-91ad-4f8c-8c30-9f5c6c2b7d1e&external_id=user-4711\
             &refresh_rate=24h&status__in=valid,token_required",
        ),
        Page("link"),
        client
            .list_links()
            .omit(["external_id"])
            .id_in([LINK, ACCOUNT])
            .institution("erebor_mx_retail")
            .access_mode(AccessMode::Single)
            .created_at_range([date("2024-01-01"), date("2024-01-31")])
            .created_by_not_in([ACCOUNT])
            .external_id("user-4711")
            .refresh_rate("24h")
            .status_in([LinkStatus::Valid, LinkStatus::TokenRequired])
            .send(),
    )
    .await;
    it.call(
        "POST /api/links/",
        body(
            r#"{"institution":"imss_mx_employment","username":"BLPM951331IONVGR54",
             "username2":"me@example.com","password":"s3cret",
             "external_id":"user-4711","access_mode":"recurrent",
             "fetch_resources":["EMPLOYMENT_RECORDS"],"credentials_storage":"27d",
             "stale_in":"42d"}"#,
        ),
        One("link"),
        client
            .create_link(
                LinkCreation::new("imss_mx_employment", "BLPM951331IONVGR54")
                    .username2("me@example.com")
                    .password("s3cret")
                    .external_id("user-4711")
                    .access_mode(AccessMode::Recurrent)
                    .fetch_resources([Resource::EmploymentRecords])
                    .credentials_storage("27d")
                    .stale_in("42d"),
            )
            .send(),
    )
    .await;
    it.call(
        "PATCH /api/links/",
        body(
            r#"{"session":"2675b703b9d4451f8d4861a3eee54449","token":"1234ab",
             "link":"30cb4806-6e00-48a4-91c9-ca55968576c8","save_data":false}"#,
        ),
        One("link"),
        client.resume_link(resumption()).send(),
    )
    .await;
    it.call("GET /api/links/{id}/", BARE, One("link"), client.show_link(ID).send()).await;
    it.call(
        "PATCH /api/links/{id}/",
        body(
            r#"{"access_mode":"single","stale_in":"42d",
             "fetch_resources":["INVOICES"]}"#,
        ),
        One("link"),
        client
            .update_link(
                ID,
                LinkChange::new().access_mode(AccessMode::Single).stale_in("42d").fetch_resources([Resource::Invoices]),
            )
            .send(),
    )
    .await;
    it.call(
        "PUT /api/links/{id}/",
        body(r#"{"password":"s3cret","password2":"second","token":"1234ab"}"#),
        One("link"),
        client.update_link_credentials(ID, CredentialsChange::new("s3cret").password2("second").token("1234ab")).send(),
    )
    .await;
    it.call(
        "DELETE /api/links/{id}/",
        BARE.asynchronous(),
        Accepted,
        client.remove_link(ID).request_mode(RequestMode::Async).send(),
    )
    .await;
    it.call(
        "POST /api/links/{id}/refresh/",
        body(r#"{"fetch_resources":["ACCOUNTS","TRANSACTIONS"]}"#),
        Accepted,
        client
            .refresh_link(ID, LinkRefresh::new().fetch_resources([Resource::Accounts, Resource::Transactions]))
            .send(),
    )
    .await;
}

async fn consents(it: &mut Provider) {
    let client = it.client.clone();
    it.call(
        "GET /api/consents/",
        query("user_document=76109277673&page_size=50&page=2&omit=permissions"),
        Page("consent"),
        client.list_consents("76109277673").page_size(50).page(2).omit(["permissions"]).send(),
    )
    .await;
    it.call("GET /api/consents/{id}/", BARE, One("consent"), client.show_consent(ID).send()).await;
}

async fn widget(it: &mut Provider) {
    let client = it.client.clone();
    it.call(
        "POST /api/token/",
        body(
            r#"{"id":"the-id","password":"the-password",
             "scopes":"read_institutions,write_links",
             "fetch_resources":["INVOICES"],"stale_in":"365d",
             "credentials_storage":"nostore",
             "widget":{"branding":{"company_icon":"https://x.example/icon.svg",
             "company_logo":"https://x.example/logo.svg","company_name":"ACME",
             "company_terms_url":"https://x.example/terms"}}}"#,
        ),
        One("widget-token"),
        client
            .create_widget_token(
                WidgetTokenCreation::new(
                    "the-id",
                    "the-password",
                    "read_institutions,write_links",
                    [Resource::Invoices],
                    "365d",
                    WidgetSettings::new(WidgetBranding::new(
                        "https://x.example/icon.svg",
                        "https://x.example/logo.svg",
                        "ACME",
                        "https://x.example/terms",
                    )),
                )
                .credentials_storage("nostore"),
            )
            .send(),
    )
    .await;
}
