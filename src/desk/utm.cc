// SPDX-License-Identifier: Apache-2.0
#include "desk/utm.h"

#include <filesystem>

#include "base/number.h"
#include "desk/chain_json.h"
#include "desk/tag_words.h"
#include "desk/tagged_visits.h"
#include "desk/tags.h"

namespace backcast {
namespace {

Json ToJson(const TagFinding& finding, const TagPicture& picture) {
  return {{"kind", ToWord(finding.kind)},
          {"field", finding.field},
          {"names", finding.names},
          {"proposed", finding.proposed.empty() ? Json() : Json(finding.proposed)},
          {"channel_group", finding.channel_group.empty() ? Json() : Json(finding.channel_group)},
          {"counted_as", finding.counted_as.empty() ? Json() : Json(finding.counted_as)},
          {"platform", finding.platform.empty() ? Json() : Json(finding.platform)},
          {"visits", ValueJson(finding.sessions, {}, {}, "count", finding.sessions)},
          {"spend", picture.currency.empty()
                        ? ValueJson({}, "currency", 0, "spend stands in several currencies")
                        : ValueJson(finding.spend, {}, {}, picture.currency, finding.sessions)},
          {"message", Sentence(finding)},
          {"fix", Fix(finding)}};
}

std::string ToText(const std::vector<TagFinding>& findings, const TagPicture& picture, const Ready& ready) {
  std::string out = "Tags of links, " + ToWords(ready.request.period) + ": " +
                    FormatNumber(picture.sessions, "count", true) + " visits" +
                    (picture.visits_from == "session" ? " of the site's log" : "");
  if (!picture.currency.empty())
    out += ", " + FormatNumber(picture.spend, picture.currency, true) + " of ad spend";
  out += "\n";
  if (picture.currency.empty() && !picture.campaigns.empty())
    out += "Ad spend stands in several currencies, so no money is shown.\n";
  if (findings.empty())
    return out + "Nothing to mend: every campaign is named, and every name is written in one way.\n";
  for (const TagFinding& finding : findings) {
    std::string behind;
    if (finding.spend > 0) behind = FormatNumber(finding.spend, picture.currency, true);
    if (finding.sessions > 0)
      behind += (behind.empty() ? "" : ", ") + FormatNumber(finding.sessions, "count", true) + " visits";
    out += "\n" + Sentence(finding) + (behind.empty() ? "" : " Behind it: " + behind + ".") + "\n  " +
           Fix(finding) + "\n";
  }
  return out;
}

/// What of the findings is a matter of spelling, as entries of tags.yaml.
std::vector<TagName> Proposed(const std::vector<TagFinding>& findings) {
  std::vector<TagName> names;
  for (const TagFinding& finding : findings) {
    if (finding.kind != TagFinding::Kind::kSpellings) continue;
    TagName name{finding.field, finding.proposed, {}};
    for (const std::string& seen : finding.names)
      if (seen != finding.proposed) name.instead_of.push_back(seen);
    names.push_back(std::move(name));
  }
  return names;
}

Result<Done> Accept(const Workspace& workspace, const std::vector<TagName>& names, Talk& talk) {
  if (names.empty()) {
    talk.Say("no name is written in several ways, so nothing was added to tags.yaml");
    return Done{};
  }
  const std::string path = workspace.PathOf("tags.yaml");
  std::string before;
  if (std::filesystem::exists(path)) {
    BACKCAST_TRY(before, ReadTextFile(path));
  }
  BACKCAST_TRY(const std::string after, WithTagNames(before, "tags.yaml", names));
  BACKCAST_CHECK(WriteWhole(path, after));
  talk.Say(Counted(static_cast<std::int64_t>(names.size()), "name") +
           " written into tags.yaml; every answer counts by them from now on");
  return Done{};
}

}  // namespace

Result<Answer> ShowUtm(Workspace& workspace, const UtmCommand& command, Talk& talk) {
  BACKCAST_TRY(const Ready ready, Prepare(workspace, command.card, talk));
  BACKCAST_TRY(const TagPicture picture, ReadTagPicture(workspace, ready));
  const std::vector<TagFinding> findings = AuditTags(picture.visits, picture.campaigns);
  const std::vector<TagName> names = Proposed(findings);
  if (command.accept) BACKCAST_CHECK(Accept(workspace, names, talk));
  Answer answer;
  if (command.card.format != Format::kJson) {
    answer.out = ToText(findings, picture, ready);
    return answer;
  }
  Json list = Json::array(), proposed = Json::array();
  for (const TagFinding& finding : findings) list.push_back(ToJson(finding, picture));
  for (const TagName& name : names)
    proposed.push_back({{"field", name.field}, {"write", name.write}, {"instead_of", name.instead_of}});
  Json json = Envelope("utm", workspace.name(),
                       {{"visits", ValueJson(picture.sessions, {}, {}, "count", picture.sessions)},
                        {"visits_from", picture.visits_from.empty() ? Json() : Json(picture.visits_from)},
                        {"faults", std::move(list)},
                        {"names", std::move(proposed)},
                        {"accepted", command.accept && !names.empty()}});
  json["as_of"] = ToIso(ready.request.as_of);
  json["period"] = {{"from", ToIso(ready.request.period.from)},
                    {"to", ToIso(ready.request.period.to - std::chrono::days{1})}};
  answer.out = Dump(json);
  return answer;
}

}  // namespace backcast
