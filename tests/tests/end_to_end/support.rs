//! Clients of the server, and a way to call each action of the spec by its name.

use aliyun_rpc::decode::Decode;
use aliyun_rpc::schema::Action;
use aliyun_rpc::{Parameters, Request, Writer};
use aliyun_rpc_generator::model;
use express_connect::bgp::*;
use express_connect::physical_connection::*;
use express_connect::route_entry::*;
use express_connect::router_interface::*;
use express_connect::virtual_border_router::*;
use express_connect::{AnswerFormat, Client, Config, Credentials, Error, Retries, blocking, schema};
use express_connect_tests::{ACCESS_KEY_ID, SECRET, Server};
use std::fmt::Debug;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;

pub(crate) const FORMATS: [AnswerFormat; 2] = [AnswerFormat::Json, AnswerFormat::Xml];

/// The configuration that reaches the server, for one attempt of each call.
pub(crate) fn config(server: &Server) -> Config {
    let config = Config::new().endpoint(server.endpoint()).region("cn-hangzhou");
    config.credentials(credentials()).retries(Retries::off())
}

pub(crate) fn credentials() -> Credentials {
    Credentials::new(ACCESS_KEY_ID, SECRET)
}

pub(crate) fn client(server: &Server) -> Client {
    Client::new(config(server)).unwrap()
}

pub(crate) fn client_for(server: &Server, format: AnswerFormat) -> Client {
    Client::new(config(server).answer_format(format)).unwrap()
}

/// The parameters of an example.
pub(crate) fn documented(example: &model::Example) -> Parameters {
    example.request.iter().cloned().collect()
}

/// One action of the generated crate.
pub(crate) struct Call {
    pub(crate) action: &'static Action,
    /// Sends these parameters and gives the typed answer as `Debug` shows it.
    pub(crate) send: fn(Client, Parameters) -> Sending,
    /// The same with the client that blocks.
    pub(crate) send_blocking: fn(&blocking::Client, Parameters) -> Result<String, Error>,
    /// An answer in which nothing is set, as `Debug` shows it.
    pub(crate) nothing: fn() -> String,
}

type Sending = Pin<Box<dyn Future<Output = Result<String, Error>> + Send>>;

impl Call {
    /// What the spec says about the action.
    pub(crate) fn spec(&self) -> &'static model::Action {
        express_connect_tests::action(self.action.name)
    }

    /// The parameters of the action's first example.
    pub(crate) fn example(&self) -> Parameters {
        documented(&self.spec().examples[0])
    }
}

/// A request with parameters as they are and a typed answer.
struct Untyped<R> {
    parameters: Parameters,
    answer: PhantomData<R>,
}

trait Answer: Decode + Debug + Default + Send + 'static {
    const ACTION: &'static Action;
}

impl<R: Answer> Request for Untyped<R> {
    type Response = R;
    const ACTION: &'static Action = R::ACTION;

    fn encode(&self, writer: &mut Writer<'_>) {
        writer.all(&self.parameters);
    }
}

fn send<R: Answer + Sync>(client: Client, parameters: Parameters) -> Sending {
    let request = Untyped::<R> { parameters, answer: PhantomData };
    Box::pin(async move { Ok(format!("{:?}", client.send(&request).await?)) })
}

fn send_blocking<R: Answer>(client: &blocking::Client, parameters: Parameters) -> Result<String, Error> {
    let request = Untyped::<R> { parameters, answer: PhantomData };
    Ok(format!("{:?}", client.send(&request)?))
}

fn nothing<R: Answer>() -> String {
    format!("{:?}", R::default())
}

macro_rules! calls {
    ($($schema:ident => $response:ident,)+) => {
        $(impl Answer for $response { const ACTION: &'static Action = &schema::$schema; })+

        /// Every action.
        pub(crate) const CALLS: &[Call] = &[
            $(Call {
                action: &schema::$schema,
                send: send::<$response>,
                send_blocking: send_blocking::<$response>,
                nothing: nothing::<$response>,
            }),+
        ];
    };
}

calls! {
    ACTIVATE_ROUTER_INTERFACE => ActivateRouterInterfaceResponse,
    ADD_BGP_NETWORK => AddBgpNetworkResponse,
    APPLY_PHYSICAL_CONNECTION_LOA => ApplyPhysicalConnectionLoaResponse,
    ASSOCIATE_PHYSICAL_CONNECTION_TO_VIRTUAL_BORDER_ROUTER => AssociatePhysicalConnectionToVirtualBorderRouterResponse,
    ATTACH_VBR_TO_VPCONN => AttachVbrToVpconnResponse,
    CANCEL_PHYSICAL_CONNECTION => CancelPhysicalConnectionResponse,
    COMPLETE_PHYSICAL_CONNECTION_LOA => CompletePhysicalConnectionLoaResponse,
    CONFIRM_PHYSICAL_CONNECTION => ConfirmPhysicalConnectionResponse,
    CONNECT_ROUTER_INTERFACE => ConnectRouterInterfaceResponse,
    CREATE_BGP_GROUP => CreateBgpGroupResponse,
    CREATE_BGP_PEER => CreateBgpPeerResponse,
    CREATE_PHYSICAL_CONNECTION => CreatePhysicalConnectionResponse,
    CREATE_PHYSICAL_CONNECTION_OCCUPANCY_ORDER => CreatePhysicalConnectionOccupancyOrderResponse,
    CREATE_PHYSICAL_CONNECTION_SETUP_ORDER => CreatePhysicalConnectionSetupOrderResponse,
    CREATE_ROUTE_ENTRY => CreateRouteEntryResponse,
    CREATE_ROUTER_INTERFACE => CreateRouterInterfaceResponse,
    CREATE_VBR_HA => CreateVbrHaResponse,
    CREATE_VIRTUAL_BORDER_ROUTER => CreateVirtualBorderRouterResponse,
    CREATE_VIRTUAL_PHYSICAL_CONNECTION => CreateVirtualPhysicalConnectionResponse,
    CREATE_VPCONN_FROM_VBR => CreateVpconnFromVbrResponse,
    DEACTIVATE_ROUTER_INTERFACE => DeactivateRouterInterfaceResponse,
    DELETE_BGP_GROUP => DeleteBgpGroupResponse,
    DELETE_BGP_NETWORK => DeleteBgpNetworkResponse,
    DELETE_BGP_PEER => DeleteBgpPeerResponse,
    DELETE_PHYSICAL_CONNECTION => DeletePhysicalConnectionResponse,
    DELETE_ROUTE_ENTRY => DeleteRouteEntryResponse,
    DELETE_ROUTER_INTERFACE => DeleteRouterInterfaceResponse,
    DELETE_VBR_HA => DeleteVbrHaResponse,
    DELETE_VIRTUAL_BORDER_ROUTER => DeleteVirtualBorderRouterResponse,
    DESCRIBE_ACCESS_POINTS => DescribeAccessPointsResponse,
    DESCRIBE_BGP_GROUPS => DescribeBgpGroupsResponse,
    DESCRIBE_BGP_NETWORKS => DescribeBgpNetworksResponse,
    DESCRIBE_BGP_PEERS => DescribeBgpPeersResponse,
    DESCRIBE_PHYSICAL_CONNECTION_LOA => DescribePhysicalConnectionLoaResponse,
    DESCRIBE_PHYSICAL_CONNECTIONS => DescribePhysicalConnectionsResponse,
    DESCRIBE_ROUTE_ENTRY_LIST => DescribeRouteEntryListResponse,
    DESCRIBE_ROUTER_INTERFACE_ATTRIBUTE => DescribeRouterInterfaceAttributeResponse,
    DESCRIBE_ROUTER_INTERFACES => DescribeRouterInterfacesResponse,
    DESCRIBE_VBR_HA => DescribeVbrHaResponse,
    DESCRIBE_VIRTUAL_BORDER_ROUTERS => DescribeVirtualBorderRoutersResponse,
    DESCRIBE_VIRTUAL_BORDER_ROUTERS_FOR_PHYSICAL_CONNECTION => DescribeVirtualBorderRoutersForPhysicalConnectionResponse,
    ENABLE_PHYSICAL_CONNECTION => EnablePhysicalConnectionResponse,
    GET_PHYSICAL_CONNECTION_SERVICE_STATUS => GetPhysicalConnectionServiceStatusResponse,
    LIST_VIRTUAL_PHYSICAL_CONNECTIONS => ListVirtualPhysicalConnectionsResponse,
    MODIFY_BGP_GROUP_ATTRIBUTE => ModifyBgpGroupAttributeResponse,
    MODIFY_BGP_PEER_ATTRIBUTE => ModifyBgpPeerAttributeResponse,
    MODIFY_PHYSICAL_CONNECTION_ATTRIBUTE => ModifyPhysicalConnectionAttributeResponse,
    MODIFY_ROUTE_ENTRY => ModifyRouteEntryResponse,
    MODIFY_ROUTER_INTERFACE_ATTRIBUTE => ModifyRouterInterfaceAttributeResponse,
    MODIFY_ROUTER_INTERFACE_SPEC => ModifyRouterInterfaceSpecResponse,
    MODIFY_VIRTUAL_BORDER_ROUTER_ATTRIBUTE => ModifyVirtualBorderRouterAttributeResponse,
    OPEN_PHYSICAL_CONNECTION_SERVICE => OpenPhysicalConnectionServiceResponse,
    RECOVER_PHYSICAL_CONNECTION => RecoverPhysicalConnectionResponse,
    RECOVER_VIRTUAL_BORDER_ROUTER => RecoverVirtualBorderRouterResponse,
    TERMINATE_PHYSICAL_CONNECTION => TerminatePhysicalConnectionResponse,
    TERMINATE_VIRTUAL_BORDER_ROUTER => TerminateVirtualBorderRouterResponse,
    UNASSOCIATE_PHYSICAL_CONNECTION_FROM_VIRTUAL_BORDER_ROUTER => UnassociatePhysicalConnectionFromVirtualBorderRouterResponse,
    UPDATE_VIRTUAL_BORDER_BANDWIDTH => UpdateVirtualBorderBandwidthResponse,
    UPDATE_VIRTUAL_PHYSICAL_CONNECTION => UpdateVirtualPhysicalConnectionResponse,
}

#[test]
fn every_action_of_the_schema_can_be_called() {
    let called: Vec<&str> = CALLS.iter().map(|call| call.action.name).collect();
    let known: Vec<&str> = schema::SERVICE.actions.iter().map(|action| action.name).collect();
    assert_eq!(called, known);
    assert_eq!(known.len(), express_connect_tests::model().actions().count());
}
