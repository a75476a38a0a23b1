//! Each action that has pages, by its name.

use express_connect::bgp::*;
use express_connect::physical_connection::*;
use express_connect::route_entry::*;
use express_connect::router_interface::*;
use express_connect::schema::{self, SERVICE};
use express_connect::virtual_border_router::*;
use express_connect::{Client, Error, Items, Page, blocking};
use std::future::Future;
use std::pin::Pin;

/// A list, and how to read it.
pub(crate) struct List {
    pub(crate) action: &'static str,
    /// The field that tells entries apart.
    pub(crate) key: &'static str,
    /// Reads it to its end: the keys, and the error that it ends with.
    pub(crate) read: fn(Client) -> Reading,
    /// The same with the client that blocks.
    pub(crate) read_blocking: fn(&blocking::Client) -> (String, Option<Error>),
}

type Reading = Pin<Box<dyn Future<Output = (String, Option<Error>)> + Send>>;

impl List {
    pub(crate) fn pages(&self) -> aliyun_rpc::schema::Pages {
        SERVICE.action(self.action).unwrap().pages.unwrap()
    }

    pub(crate) fn has_token(&self) -> bool {
        self.pages().style == aliyun_rpc::schema::PageStyle::Token
    }

    pub(crate) fn items(&self) -> &'static str {
        self.pages().items
    }

    /// The element around the entries.
    pub(crate) fn wrapper(&self) -> Option<&'static str> {
        let action = SERVICE.action(self.action).unwrap();
        let field = action.response.iter().find(|field| field.name == self.items()).unwrap();
        match field.content {
            aliyun_rpc::schema::Content::Objects { wrapper, .. } => wrapper,
            _ => panic!("{} lists no objects", self.action),
        }
    }
}

async fn drained<P: Page>(mut items: Items<P>, key: fn(P::Item) -> String) -> (String, Option<Error>) {
    let mut keys = Vec::new();
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => keys.push(key(item)),
            Err(error) => {
                assert!(items.next().await.is_none(), "nothing comes behind an error");
                return (keys.join(" "), Some(error));
            }
        }
    }
    assert!(items.next().await.is_none(), "nothing comes behind the end");
    (keys.join(" "), None)
}

macro_rules! lists {
    ($($schema:ident => $request:expr, $key:literal, $field:ident;)+) => {
        pub(crate) const LISTS: &[List] = &[
            $(List {
                action: schema::$schema.name,
                key: $key,
                read: |client| {
                    let items = $request.items(&client);
                    Box::pin(drained(items, |entry| entry.$field.unwrap().to_string()))
                },
                read_blocking: |client| {
                    let (mut keys, mut error) = (Vec::new(), None);
                    for item in $request.items(client) {
                        match item {
                            Ok(entry) => keys.push(entry.$field.unwrap().to_string()),
                            Err(last) => error = Some(last),
                        }
                    }
                    (keys.join(" "), error)
                },
            }),+
        ];
    };
}

lists! {
    DESCRIBE_ACCESS_POINTS => DescribeAccessPoints::new(), "AccessPointId", access_point_id;
    DESCRIBE_BGP_GROUPS => DescribeBgpGroups::new(), "BgpGroupId", bgp_group_id;
    DESCRIBE_BGP_NETWORKS => DescribeBgpNetworks::new(), "DstCidrBlock", dst_cidr_block;
    DESCRIBE_BGP_PEERS => DescribeBgpPeers::new(), "BgpPeerId", bgp_peer_id;
    DESCRIBE_PHYSICAL_CONNECTIONS => DescribePhysicalConnections::new(), "PhysicalConnectionId", physical_connection_id;
    DESCRIBE_ROUTE_ENTRY_LIST => DescribeRouteEntryList::new("vtb-1"), "RouteEntryId", route_entry_id;
    DESCRIBE_ROUTER_INTERFACES => DescribeRouterInterfaces::new(), "RouterInterfaceId", router_interface_id;
    DESCRIBE_VIRTUAL_BORDER_ROUTERS => DescribeVirtualBorderRouters::new(), "VbrId", vbr_id;
    DESCRIBE_VIRTUAL_BORDER_ROUTERS_FOR_PHYSICAL_CONNECTION =>
        DescribeVirtualBorderRoutersForPhysicalConnection::new("pc-1"), "VbrId", vbr_id;
    LIST_VIRTUAL_PHYSICAL_CONNECTIONS => ListVirtualPhysicalConnections::new(), "PhysicalConnectionId", physical_connection_id;
}
