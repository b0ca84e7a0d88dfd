// SPDX-License-Identifier: Apache-2.0
#include "desk/care_answer.h"
#include "desk/chain_json.h"
#include "desk/value_table.h"

namespace backcast {
namespace {

Json TooLittle(const std::string& unit, double n, const std::string& needs) {
  Json json = ValueJson(std::nullopt, unit, n, needs);
  json["state"] = "too_little_data";
  return json;
}

Json CountJson(double value) { return ValueJson(value, "count", value, ""); }

Json ShareJson(const CareShare& share, const std::string& missing) {
  const auto interval = WilsonInterval(share.done, share.of);
  if (!interval.ok()) return ValueJson(std::nullopt, "ratio", 0, missing);
  return ValueJson(share.done / share.of, interval.value().low, interval.value().high, "ratio", share.of);
}

Json TimeJson(const WaitingTime& waiting, int items, const char* share) {
  if (!waiting.time) return TooLittle("seconds", items, waiting.needs);
  const TimeQuantile& time = *waiting.time;
  if (!time.value)
    return ValueJson(std::nullopt, "seconds", items,
                     std::string("not reached: fewer than ") + share + " ended within the time observed");
  return ValueJson(*time.value, time.low, time.high, "seconds", items);
}

Json WaitingJson(const WaitingTimes& waiting) {
  Json json = {{"median", TimeJson(waiting.median, waiting.items, "half")},
               {"p90", TimeJson(waiting.p90, waiting.items, "nine in ten")},
               {"ended", CountJson(waiting.ended)},
               {"open", CountJson(waiting.items - waiting.ended)}};
  json["longest_open"] = waiting.items > waiting.ended
                             ? ValueJson(waiting.longest_open, "seconds", waiting.items - waiting.ended, "")
                             : ValueJson(std::nullopt, "seconds", 0, "nobody waits");
  return json;
}

Json PromiseJson(const CarePromise& promise, const KeptPromise& kept) {
  Json json = {{"id", promise.id},
               {"what", promise.what},
               {"clock", promise.clock},
               {"within_minutes", promise.minutes},
               {"at_least", promise.share > 0 ? Json(promise.share) : Json()},
               {"verdict", kept.withheld ? Json() : Json(ToWord(kept.verdict))}};
  json["share"] = kept.within ? ValueJson(kept.within->share, kept.within->interval.low,
                                          kept.within->interval.high, "ratio", kept.within->items)
                              : TooLittle("ratio", 0, kept.needs);
  if (kept.withheld) json["share"]["state"] = "withheld";
  return json;
}

Json StandardJson(const CareStandard& standard, const CareGroup& group) {
  const StandardJudgement judged =
      JudgeShare(group.questions.done, group.questions.of, standard.at_least, standard.fewest);
  return {{"id", standard.id},
          {"version", standard.version},
          {"title", standard.title},
          {"at_least", standard.at_least},
          {"fewest", standard.fewest},
          {"per", standard.per},
          {"verdict", ToWord(judged.verdict)}};
}

Json SatisfactionJson(const Satisfaction& one) {
  const std::string unit = one.kind == "csat" ? "ratio" : one.kind == "nps" ? "percent_points" : "score";
  Json json = {{"kind", one.kind}, {"scale_min", one.scale_min}, {"scale_max", one.scale_max}};
  json["value"] = !one.value ? TooLittle(unit, one.answered, one.needs)
                  : one.interval
                      ? ValueJson(*one.value, one.interval->low, one.interval->high, unit, one.answered)
                      : ValueJson(one.value, unit, one.answered, "");
  json["response_rate"] =
      one.response_interval
          ? ValueJson(static_cast<double>(one.answered) / one.asked, one.response_interval->low,
                      one.response_interval->high, "ratio", one.asked)
          : ValueJson(std::nullopt, "ratio", 0, "the files list answers only, not who was asked");
  json["off_scale"] = one.off_scale;
  return json;
}

Json GroupJson(const CareGroup& group, const CareAnswer& answer) {
  Json standards = Json::array(), promises = Json::array(), satisfaction = Json::array();
  for (const CareStandard& standard : answer.standards) standards.push_back(StandardJson(standard, group));
  for (std::size_t i = 0; i < answer.promises.size(); ++i)
    promises.push_back(PromiseJson(answer.promises[i], group.promises[i]));
  for (const Satisfaction& one : group.satisfaction) satisfaction.push_back(SatisfactionJson(one));
  const std::string unresolved = "no file says when a conversation was resolved";
  Json json = {{"group", group.whole ? Json::object()
                                     : Json{{answer.by, group.name.empty() ? Json() : Json(group.name)}}},
               {"conversations", CountJson(group.conversations)},
               {"questions",
                {{"asked", CountJson(group.questions.of)},
                 {"answered", CountJson(group.questions.done)},
                 {"response_rate",
                  ShareJson(group.questions, answer.has_messages ? "no message of the period is a question"
                                                                 : "no file brings messages")},
                 {"standards", std::move(standards)}}},
               {"response_rate", ShareJson(group.answered, "no conversation needed a reply")},
               {"first_response", WaitingJson(group.first_response)},
               {"resolution", WaitingJson(group.time_to_resolution)},
               {"promises", std::move(promises)}};
  json["reopened"] = ShareJson(group.reopened, answer.has_resolution ? "nothing was resolved" : unresolved);
  const FirstContact& first = group.first_contact;
  json["first_contact_resolution"] =
      !answer.has_resolution || !answer.has_persons
          ? ValueJson(std::nullopt, "ratio", 0, answer.has_persons ? unresolved : "no file says who asked")
          : ShareJson({static_cast<double>(first.settled), static_cast<double>(first.chains)},
                      "no contact is a week old");
  json["first_contact_too_young"] = first.young;
  json["backlog"] =
      answer.has_resolution ? CountJson(group.backlog) : ValueJson(std::nullopt, "count", 0, unresolved);
  json["satisfaction"] = std::move(satisfaction);
  json["calls"] = {{"number", CountJson(group.calls)},
                   {"resolved", ShareJson(group.calls_resolved, "no call says so")},
                   {"abandoned", ShareJson(group.calls_abandoned, "no call says so")}};
  json["unusable_times"] = {{"without_opening", group.unusable.without_opening},
                            {"reply_before_question", group.unusable.reply_before},
                            {"resolved_before_opening", group.unusable.resolved_before}};
  json["unknown_need"] = group.unknown_need;
  return json;
}

}  // namespace

std::string CareJson(const CareAnswer& answer) {
  Json groups = Json::array();
  for (const CareGroup& group : answer.groups) groups.push_back(GroupJson(group, answer));
  Json data = {{"by", answer.by.empty() ? Json() : Json(answer.by)},
               {"clock", answer.clock},
               {"extract", answer.extract > 0 ? Json(InstantText(answer.extract)) : Json()},
               {"groups", std::move(groups)},
               {"closed_walls", answer.closed_walls},
               {"questions_as_classified", answer.classified},
               {"replies_not_known_to_be_automatic", answer.unknown_auto}};
  Json json = Envelope("care", answer.workspace, std::move(data));
  json["as_of"] = ToIso(answer.as_of);
  json["period"] = {{"from", ToIso(answer.period.from)},
                    {"to", ToIso(answer.period.to - std::chrono::days{1})}};
  return Dump(json);
}

std::string CareCsv(const CareAnswer& answer) {
  ValueTable table(answer.by.empty() ? "group" : answer.by);
  for (const CareGroup& group : answer.groups) {
    Json json = GroupJson(group, answer);
    json.erase("group");
    table.Add(group.whole ? "all" : group.name, json);
  }
  return table.ToCsv();
}

}  // namespace backcast
