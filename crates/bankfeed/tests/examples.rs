//! The examples do what they say. `ledger` has a test of its own.
#![cfg(all(feature = "saltedge", feature = "belvo", feature = "khipu", feature = "wealthreader"))]
#![allow(clippy::unwrap_used)]

mod common;

#[allow(dead_code, reason = "its main is not run here")]
#[path = "../examples/callbacks.rs"]
mod callbacks;
#[allow(dead_code, reason = "its main is not run here")]
#[path = "../examples/fake.rs"]
mod fake;
#[allow(dead_code, reason = "its main is not run here")]
#[path = "../examples/one_provider.rs"]
mod one_provider;
#[allow(dead_code, reason = "its main is not run here")]
#[path = "../examples/proxy.rs"]
mod proxy;
#[allow(dead_code, reason = "its main is not run here")]
#[path = "../examples/resume.rs"]
mod resume;

use bankfeed_sandbox::Sandbox;

mod of_callbacks {
    use super::*;

    #[tokio::test]
    async fn callbacks_are_taken_once_and_forgeries_not_at_all() {
        let told = callbacks::run(64).await.unwrap();
        common::snapshots("examples").bind(|| insta::assert_snapshot!("callbacks", told));
    }

    #[tokio::test]
    async fn a_receiver_without_room_says_so_and_keeps_what_it_took() {
        let told = callbacks::run(1).await.unwrap();
        assert_eq!(told.lines().filter(|line| line.starts_with("saltedge ") || line.starts_with("belvo ")).count(), 1);
        assert!(!told.contains(", 0 not taken"), "{told}");
    }

    #[test]
    fn what_receives_knows_no_provider() {
        let code = include_str!("../examples/callbacks.rs");
        let generic = code.split_once("pub(crate) struct Inbox").unwrap().1.split_once("#[tokio::main").unwrap().0;
        for name in ["SaltEdge", "Belvo", "saltedge", "belvo"] {
            assert!(!generic.contains(name), "what receives knows {name}");
        }
    }
}

mod of_resume {
    use super::*;
    use bankfeed::{Paging, Provider as _, TransactionFilter};

    #[tokio::test]
    async fn the_example_tells_of_a_crash_and_of_no_loss() {
        let folder = Folder::new("told");
        let told = resume::run(&folder.file()).await.unwrap();
        common::snapshots("examples").bind(|| insta::assert_snapshot!("resume", told));
    }

    #[tokio::test]
    async fn wherever_it_crashes_nothing_comes_twice_and_nothing_is_lost() {
        let sandbox = Sandbox::builder().people(1).transactions(40).start().await.unwrap();
        let (provider, connection) = resume::setup(&sandbox).await.unwrap();
        let list = provider.transactions().unwrap();
        let all = list.list_transactions(TransactionFilter::of(&connection), Paging::default());
        let all = all.collect_all().await.unwrap();
        assert!(all.len() > 20, "{}", all.len());
        // Every run dies once it has read so many, until one comes to the end: with fewer than a batch it never would.
        for crash_at in [9, 11, 16, 17, 23] {
            let folder = Folder::new(&crash_at.to_string());
            let mut crashes = 0;
            while resume::export(&provider, &connection, &folder.file(), Some(crash_at)).await.unwrap()
                == resume::Ended::Crashed
            {
                crashes += 1;
                assert!(crashes <= all.len(), "it gets nowhere");
            }
            let stored = resume::stored(&folder.file()).unwrap();
            assert!(crashes > 0 && stored.iter().map(|row| &row.key).eq(all.iter().map(|row| &row.key)), "{crash_at}");
        }
    }

    #[cfg(unix)]
    #[tokio::test]
    async fn the_file_is_nobody_elses_to_read() {
        use std::os::unix::fs::PermissionsExt as _;

        let folder = Folder::new("mode");
        resume::run(&folder.file()).await.unwrap();
        assert_eq!(std::fs::metadata(folder.file()).unwrap().permissions().mode() & 0o777, 0o600);
    }

    /// A folder that is removed in the end.
    struct Folder(std::path::PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let path =
                std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("resume-{}-{name}", std::process::id()));
            let _ = std::fs::remove_dir_all(&path);
            std::fs::create_dir_all(&path).unwrap();
            Self(path)
        }

        fn file(&self) -> std::path::PathBuf {
            self.0.join("rows.jsonl")
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }
}

mod of_belvo {
    use super::*;

    #[tokio::test]
    async fn one_provider_shows_its_accounts_with_all_balances() {
        let sandbox = Sandbox::builder().people(1).transactions(24).start().await.unwrap();
        let access = sandbox.belvo();
        let belvo = bankfeed::Belvo::builder(access.secret_id, access.secret_password).base_url(&access.url);
        let told = one_provider::accounts(&belvo.build().unwrap()).await.unwrap();
        common::snapshots("examples").bind(|| insta::assert_snapshot!("one_provider", told));
    }

    #[tokio::test]
    async fn requests_go_through_the_proxy_or_nowhere() {
        let told = proxy::run().await.unwrap();
        common::snapshots("examples").bind(|| insta::assert_snapshot!("proxy", told));
    }

    // Elsewhere the system judges, by rules of its own as well.
    #[cfg(target_os = "linux")]
    #[test]
    fn what_the_company_signed_is_trusted_and_its_name_is_checked() {
        use rustls::client::danger::ServerCertVerifier as _;
        use rustls::pki_types::{CertificateDer, ServerName, UnixTime, pem::PemObject as _};

        /// Of `bank.example.com`, signed with the key of the root in the example.
        const SERVER: &str = "\
-----BEGIN CERTIFICATE-----
MIIBWzCCAQCgAwIBAgIBAjAKBggqhkjOPQQDAjAaMRgwFgYDVQQDDA9FeGFtcGxl
IGNvbXBhbnkwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBsxGTAX
BgNVBAMMEGJhbmsuZXhhbXBsZS5jb20wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNC
AAQdnKXPL7Gis+Ig3Bv63SJObjtUQatD/ZnDMdq5hA5asb2NwneUV+cJRHHZbGkL
qDGKqKTJ5RBQg61j1517hdWAozQwMjAbBgNVHREEFDASghBiYW5rLmV4YW1wbGUu
Y29tMBMGA1UdJQQMMAoGCCsGAQUFBwMBMAoGCCqGSM49BAMCA0kAMEYCIQDwM4RQ
YxqP46mdFDeDdFmu8JNtVSS04S6EQoa2enLROAIhAKxD1DQGak5424ryfBg274W+
3j6XxysuKqaL8AeuyKiH
-----END CERTIFICATE-----
";

        let server = CertificateDer::from_pem_slice(SERVER.as_bytes()).unwrap();
        let verifier = proxy::verifier(proxy::COMPANY_ROOT).unwrap();
        let time = UnixTime::since_unix_epoch(std::time::Duration::from_secs(1_800_000_000));
        let judge = |name| verifier.verify_server_cert(&server, &[], &ServerName::try_from(name).unwrap(), &[], time);
        judge("bank.example.com").unwrap();
        assert!(judge("other.example.com").is_err());
    }

    #[test]
    fn roots_that_are_none_are_refused() {
        let cut = proxy::COMPANY_ROOT.replace("END CERTIFICATE", "END");
        let scrambled = proxy::COMPANY_ROOT.replace("\nMII", "\nAAA");
        for roots in ["", "no certificate", &cut, &scrambled] {
            assert!(proxy::Proxied::new("http://127.0.0.1:1", proxy::PASSWORD, roots).is_err(), "{roots}");
        }
    }
}
