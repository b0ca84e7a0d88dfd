// SPDX-License-Identifier: Apache-2.0
#include "desk/findings_json.h"

namespace backcast {
namespace {

void WriteText(JsonWriter& out, std::string_view key, std::string_view text) {
  out.Key(key);
  out.Text(text);
}

/// A text that may be missing.
void WriteOptional(JsonWriter& out, std::string_view key, std::string_view text) {
  out.Key(key);
  if (text.empty()) {
    out.Null();
  } else {
    out.Text(text);
  }
}

void WriteAcceptance(JsonWriter& out, const std::optional<Acceptance>& accepted) {
  out.Key("accepted");
  if (!accepted) return out.Null();
  out.Begin('{');
  WriteText(out, "by", accepted->by);
  WriteText(out, "on", accepted->on);
  WriteText(out, "because", accepted->because);
  WriteOptional(out, "until", accepted->until);
  out.End('}');
}

void WriteFinding(JsonWriter& out, const Finding& finding) {
  out.Begin('{');
  WriteText(out, "rule", finding.rule);
  WriteText(out, "severity", ToWord(finding.severity));
  WriteText(out, "file", finding.file);
  out.Key("line");
  out.Integer(finding.place.line);
  out.Key("column");
  out.Integer(finding.place.column);
  WriteText(out, "message", finding.message);
  WriteText(out, "why", finding.why);
  WriteText(out, "fix", finding.fix);
  WriteText(out, "seed", finding.seed);
  WriteOptional(out, "node", finding.node);
  WriteAcceptance(out, finding.accepted);
  out.End('}');
}

}  // namespace

std::string CheckJson(const std::string& workspace, const std::vector<Finding>& findings) {
  JsonWriter out;
  out.Begin('{');
  WriteText(out, "schema", "backcast/check/1");
  WriteText(out, "workspace", workspace);
  WriteOptional(out, "as_of", "");
  WriteOptional(out, "period", "");
  out.Key("data");
  out.Begin('{');
  WriteText(out, "file", "plan.yaml");
  out.End('}');
  out.Key("findings");
  out.Begin('[');
  for (const Finding& finding : findings) WriteFinding(out, finding);
  out.End(']');
  out.End('}');
  return out.Take() + "\n";
}

}  // namespace backcast
