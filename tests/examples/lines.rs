//! Lists the lines in use as a table.
//!
//! By itself it calls a server of its own, which answers with the example of the spec. With `--endpoint URL` it calls
//! that one, with region and credentials from the environment.

use express_connect::physical_connection::*;
use express_connect::{Client, Config, Credentials};
use express_connect_tests::{ACCESS_KEY_ID, SECRET, Server};
use std::error::Error;

const TITLES: [&str; 7] = ["ID", "NAME", "STATUS", "SPEC", "OPERATOR", "PORT TYPE", "BANDWIDTH"];

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let server = Server::start().await;
    let client = Client::new(config(&server)?)?;
    let lines: Vec<_> = DescribePhysicalConnections::new()
        .filter(PhysicalConnectionFilter::status([PhysicalConnectionStatus::Enabled]))
        .items(&client)
        .try_collect()
        .await?;
    print_table(&lines);
    println!("{} lines", lines.len());
    Ok(())
}

fn config(server: &Server) -> Result<Config, Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => {
            let config = Config::new().endpoint(server.endpoint()).region("cn-hangzhou");
            Ok(config.credentials(Credentials::new(ACCESS_KEY_ID, SECRET)))
        }
        ["--endpoint", url] => Ok(Config::from_env()?.endpoint(url)),
        _ => Err("usage: lines [--endpoint URL]".into()),
    }
}

fn print_table(lines: &[PhysicalConnection]) {
    let rows: Vec<_> = lines.iter().map(row).collect();
    let widths: [usize; 7] = std::array::from_fn(|column| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.max().unwrap_or(0).max(TITLES[column].len())
    });
    for row in [TITLES.map(str::to_owned)].iter().chain(&rows) {
        let cells: Vec<_> = row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        println!("{}", cells.join("  ").trim_end());
    }
}

fn row(line: &PhysicalConnection) -> [String; 7] {
    [
        text(line.physical_connection_id.as_ref()),
        text(line.name.as_ref()),
        text(line.status.as_ref()),
        text(line.spec.as_ref()),
        text(line.line_operator.as_ref()),
        text(line.port_type.as_ref()),
        line.bandwidth.map_or_else(|| "-".to_owned(), |gbps| format!("{gbps} Gbps")),
    ]
}

fn text(value: Option<&impl ToString>) -> String {
    value.map_or_else(|| "-".to_owned(), ToString::to_string)
}
