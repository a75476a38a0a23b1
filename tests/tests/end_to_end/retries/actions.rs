//! Each row of the table of actions.

use super::{Rehearsal, attempts, config, refusal, table};
use crate::support::CALLS;
use express_connect::{Client, NotRepeated};
use express_connect_tests::Server;

/// What the table says that an action is repeated after.
fn documented(action: &str) -> String {
    let rows = table("| Action | Kind of call |");
    assert_eq!(rows.len(), CALLS.len());
    let found = rows.into_iter().find(|row| row[0].starts_with(&format!("[{action}](")));
    found.unwrap_or_else(|| panic!("{action} is in the table")).remove(2)
}

#[tokio::test]
async fn every_action_is_repeated_as_the_table_says() {
    let mut without_token = 0;
    for call in CALLS {
        let server = Server::start().await;
        let client = Client::new(config(server.endpoint(), &Rehearsal::default())).unwrap();
        // The service may have carried the call out.
        server.next(refusal(500, "InternalError"));
        let outcome = (call.send)(client.clone(), call.example()).await;
        let name = call.action.name;
        match documented(name).as_str() {
            "every failure that passes" => {
                outcome.unwrap_or_else(|error| panic!("{name}: {error}"));
                assert_eq!(attempts(&server).len(), 2, "{name}");
            }
            "failures that certainly had no effect" => {
                let error = outcome.expect_err(name);
                assert_eq!((error.attempts(), server.received().len()), (1, 1), "{name}");
                assert_eq!(error.not_repeated(), Some(NotRepeated::TakesNoToken), "{name}");
                without_token += 1;
            }
            other => panic!("{other}"),
        }
        let before = server.received().len();
        server.next(refusal(400, "Throttling.User"));
        (call.send)(client, call.example()).await.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(server.received().len(), before + 2, "{name}");
    }
    assert_eq!(without_token, 7);
}
