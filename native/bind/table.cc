#include "bind/table.h"

namespace bind {
namespace {

std::string Quote(std::string const& text) { return '"' + text + '"'; }

std::string ResultType(std::vector<std::string> const& results) {
  if (results.empty()) return "void";
  if (results.size() == 1) return results.front();
  std::string tuple = "[";
  for (auto const& type : results) tuple += (tuple.size() == 1 ? "" : ", ") + type;
  return tuple + "]";
}

}  // namespace

std::string Table::ToJson() const {
  std::string out = "[";
  for (auto const& row : descriptions_) {
    std::string params;
    for (auto const& [name, type] : row.signature.params)
      params += (params.empty() ? "" : ",") + Quote(name + ": " + type);
    out += (out.size() == 1 ? "" : ",");
    out += "{\"name\":" + Quote(row.name) + ",\"params\":[" + params +
           "],\"result\":" + Quote(ResultType(row.signature.results)) + "}";
  }
  return out + "]";
}

}  // namespace bind
