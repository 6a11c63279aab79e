// Rows: worker groups. A group belongs to the native thread that joined it, so these are for the
// sync form, in a process of its own. In the order of the C header.
#include "functions/roles.h"
#include "functions/rows.h"

namespace functions {

void DefineCollective(bind::Table& t) {
  using bind::Change;
  using bind::In;
  using bind::Make;
  using bind::Out;
  using bind::Returned;
  using bind::Text;
  using bind::Use;
  using Tracker = XGBTracker;

  XGB_ROW(t, XGTrackerCreate, In<Text>, Make<Tracker>);
  XGB_ROW(t, XGTrackerWorkerArgs, Use<Tracker>, Out<Text>);
  XGB_ROW(t, XGTrackerRun, Use<Tracker>, In<Text>);
  XGB_ROW(t, XGTrackerWaitFor, Use<Tracker>, In<Text>);
  XGB_ROW(t, XGCommunicatorInit, In<Text>);
  t.Row<decltype(::XGCommunicatorFinalize)>("XGCommunicatorFinalize");
  XGB_ROW(t, XGCommunicatorGetRank, Returned);
  XGB_ROW(t, XGCommunicatorGetWorldSize, Returned);
  XGB_ROW(t, XGCommunicatorIsDistributed, Returned);
  XGB_ROW(t, XGCommunicatorPrint, In<Text>);
  XGB_ROW(t, XGCommunicatorGetProcessorName, Out<Text>);
  XGB_ROW(t, XGCommunicatorBroadcast, InOutBytes, In<int>);
  XGB_ROW(t, XGCommunicatorAllreduce, InOutArray, In<int>);
}

}  // namespace functions
