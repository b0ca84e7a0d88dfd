// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "desk/chain_json.h"
#include "desk/listen_answer.h"

namespace backcast {
namespace {

Json OrNull(const std::string& word) { return word.empty() ? Json() : Json(word); }

Json TooLittle(const std::string& unit, double n, const std::string& needs) {
  Json json = ValueJson(std::nullopt, unit, n, needs);
  json["state"] = "too_little_data";
  return json;
}

Json CountJson(double count) { return ValueJson(count, "count", count, ""); }

Json ShareJson(double k, double n) {
  if (n <= 0) return ValueJson(std::nullopt, "ratio", 0, "there is nothing to take a share of");
  const auto interval = WilsonInterval(k, n);
  return interval.ok() ? ValueJson(k / n, interval.value().low, interval.value().high, "ratio", n)
                       : ValueJson(k / n, "ratio", n, "");
}

Json NetJson(const ToneCounts& counts) {
  const auto net = NetOf(counts);
  if (!net) return ValueJson(std::nullopt, "ratio", 0, "no mention is classified");
  return ValueJson(net->value, net->interval.low, net->interval.high, "ratio", net->n);
}

Json TonesJson(const ToneCounts& counts) {
  return {{"negative", counts.tones[0]},
          {"neutral", counts.tones[1]},
          {"positive", counts.tones[2]},
          {"not_classified", counts.unclassified}};
}

Json CorrectedJson(const std::optional<CorrectedTones>& corrected) {
  if (!corrected) return nullptr;
  const auto value = [&](double share, const Interval& interval) {
    return ValueJson(share, interval.low, interval.high, "ratio", corrected->n);
  };
  return {{"net_sentiment", value(corrected->net, corrected->interval)},
          {"negative", value(corrected->shares[0], corrected->share_intervals[0])},
          {"neutral", value(corrected->shares[1], corrected->share_intervals[1])},
          {"positive", value(corrected->shares[2], corrected->share_intervals[2])}};
}

Json ChangeJson(const HeardGroup& group) {
  const ToneChange& change = group.change;
  if (change.verdict == ToneVerdict::kTooLittle) return TooLittle("ratio", change.n, change.needs);
  return ValueJson(change.difference, change.interval.low, change.interval.high, "ratio", change.n);
}

/// What brands and groups have in common; shares are of all mentions, or of those in scope.
Json GroupJson(const HeardGroup& group, double mentions_now, double mentions_before, double engagements) {
  Json json;
  json["mentions"] = CountJson(group.now.all());
  json["previous_mentions"] = CountJson(group.before.all());
  json["share"] = ShareJson(group.now.all(), mentions_now);
  json["previous_share"] = ShareJson(group.before.all(), mentions_before);
  json["engagements"] = group.engagements_told
                            ? ValueJson(group.engagements_now, "count", group.now.all(), "")
                            : ValueJson(std::nullopt, "count", 0, "no export counts them");
  json["share_of_engagement"] = engagements > 0 && group.engagements_told
                                    ? ValueJson(group.engagements_now / engagements, "ratio", engagements, "")
                                    : ValueJson(std::nullopt, "ratio", 0, "no export counts them");
  json["net_sentiment"] = NetJson(group.now);
  json["previous_net_sentiment"] = NetJson(group.before);
  json["change"] = ChangeJson(group);
  json["verdict"] = ToWord(group.change.verdict);
  json["adjusted_p"] =
      group.change.verdict == ToneVerdict::kTooLittle ? Json() : Json(group.change.adjusted_p);
  json["tones"] = TonesJson(group.now);
  json["previous_tones"] = TonesJson(group.before);
  json["read_by_backcast"] = group.read_now.classified();
  json["as_classified"] = !group.corrected && group.read_now.classified() > 0;
  json["corrected"] = CorrectedJson(group.corrected);
  return json;
}

Json BrandsJson(const Listening& listening) {
  Json brands = Json::array();
  for (const HeardGroup& brand : listening.brands) {
    Json json = {{"brand", OrNull(brand.name)}, {"own", brand.own}, {"query", OrNull(brand.query)}};
    json.update(
        GroupJson(brand, listening.mentions_now, listening.mentions_before, listening.engagements_now));
    json["comparable"] = brand.collection.empty();
    json["collection"] = OrNull(brand.collection);
    brands.push_back(std::move(json));
  }
  return brands;
}

Json GroupsJson(const Listening& listening) {
  double now = 0, before = 0, engagements = 0;
  for (const HeardGroup& group : listening.groups) {
    now += group.now.all();
    before += group.before.all();
    engagements += group.engagements_now;
  }
  Json groups = Json::array();
  for (const HeardGroup& group : listening.groups) {
    Json json = {{"group", {{listening.by, OrNull(group.name)}}}};
    json.update(GroupJson(group, now, before, engagements));
    groups.push_back(std::move(json));
  }
  return groups;
}

Json QualityJson(const std::optional<ReadingQuality>& quality) {
  if (!quality) return nullptr;
  Json tones = Json::object();
  for (std::size_t i = 0; i < kTones; ++i) {
    const ToneQuality& tone = quality->tones[i];
    const auto rate = [](double value, const std::optional<Interval>& interval, double n) {
      return interval ? ValueJson(value, interval->low, interval->high, "ratio", n)
                      : ValueJson(std::nullopt, "ratio", 0, "no such label");
    };
    tones[std::string(ToWord(static_cast<Tone>(i)))] = {
        {"labels", tone.labelled},
        {"sensitivity", rate(tone.sensitivity, tone.sensitivity_interval, tone.labelled)},
        {"specificity", rate(tone.specificity, tone.specificity_interval, tone.others)}};
  }
  return {{"accuracy",
           ValueJson(quality->accuracy, quality->interval.low, quality->interval.high, "ratio", quality->n)},
          {"macro_f1", ValueJson(quality->macro_f1, "ratio", quality->n, "")},
          {"tones", std::move(tones)}};
}

Json ReadingJson(const Listening& listening) {
  const HeardReading& reading = listening.reading;
  Json languages = Json::array();
  for (const auto& [language, count] : reading.languages)
    languages.push_back({{"language", OrNull(language)}, {"mentions", count}});
  return {{"labelled_by_export", reading.told},
          {"read_by_backcast", reading.read},
          {"not_classified", reading.unclassified},
          {"not_classified_share", ShareJson(reading.unclassified, listening.mentions_now)},
          {"without_text", reading.silent},
          {"languages", std::move(languages)},
          {"domains", reading.domains},
          {"own_words", reading.own_words},
          {"against_exports", QualityJson(reading.against_exports)},
          {"against_labels", QualityJson(reading.against_labels)},
          {"labels", reading.labels},
          {"labels_met", reading.labels_met},
          {"not_corrected", OrNull(reading.not_corrected)}};
}

Json LeftOutJson(const Listening& listening) {
  Json names = Json::array();
  for (const std::string& name : listening.left_out) names.push_back(OrNull(name));
  return names;
}

Json DriversJson(const Listening& listening) {
  const HeardDrivers& heard = listening.drivers;
  Json json = {{"by", heard.by}, {"because", OrNull(heard.because)}, {"change", nullptr}};
  json["left_out"] = LeftOutJson(listening);
  json["parts"] = Json::array();
  if (!heard.because.empty()) return json;
  double now = 0, before = 0;
  for (const TonePair& tones : heard.tones) {
    now += tones.now.classified();
    before += tones.before.classified();
  }
  json["net_sentiment"] = ValueJson(heard.drivers.now, "ratio", now, "");
  json["previous_net_sentiment"] = ValueJson(heard.drivers.before, "ratio", before, "");
  json["change"] = ValueJson(heard.drivers.now - heard.drivers.before, "ratio", now + before, "");
  for (std::size_t i = 0; i < heard.groups.size(); ++i) {
    const double n = heard.tones[i].now.classified() + heard.tones[i].before.classified();
    const ToneDriver& driver = heard.drivers.groups[i];
    json["parts"].push_back({{"group", {{heard.by, OrNull(heard.groups[i])}}},
                             {"contribution", ValueJson(driver.contribution(), "ratio", n, "")},
                             {"mix", ValueJson(driver.mix, "ratio", n, "")},
                             {"rate", ValueJson(driver.rate, "ratio", n, "")},
                             {"mentions", heard.tones[i].now.classified()},
                             {"previous_mentions", heard.tones[i].before.classified()}});
  }
  return json;
}

Json TopicsJson(const HeardTopics& heard) {
  Json topics = Json::array();
  for (const HeardTopic& topic : heard.topics) {
    topics.push_back({{"name", topic.name},
                      {"by", topic.told ? "export" : "backcast"},
                      {"terms", topic.terms},
                      {"mentions", topic.tones.now.all()},
                      {"previous_mentions", topic.tones.before.all()},
                      {"net_sentiment", NetJson(topic.tones.now)}});
  }
  return {{"topics", std::move(topics)},
          {"coverage", heard.because.empty() || heard.told > 0
                           ? ShareJson(std::round(heard.coverage * heard.texts), heard.texts)
                           : TooLittle("ratio", heard.texts, heard.because)},
          {"labelled_by_export", heard.told},
          {"because", OrNull(heard.because)}};
}

Json TermsJson(const HeardTerms& terms) {
  const auto list = [](const std::vector<HeardTerm>& of) {
    Json json = Json::array();
    for (const HeardTerm& term : of) {
      json.push_back({{"term", term.term},
                      {"mentions", term.now},
                      {"previous_mentions", term.before},
                      {"log_odds", term.said.log_odds},
                      {"z", term.said.z},
                      {"q", term.said.q}});
    }
    return json;
  };
  return {{"more", list(terms.more)},     {"less", list(terms.less)},
          {"mentions", terms.now},        {"previous_mentions", terms.before},
          {"looked_at", terms.looked_at}, {"because", OrNull(terms.because)}};
}

Json SpeedJson(const Velocity& velocity) {
  return {{"count", velocity.count},
          {"expected", velocity.expected ? Json(*velocity.expected) : Json()},
          {"tail", velocity.expected ? Json(velocity.tail) : Json()},
          {"weeks", velocity.weeks},
          {"alarm", velocity.alarm}};
}

Json SpeedsJson(const Listening& listening) {
  Json rows = Json::array();
  for (const HeardSpeed& speed : listening.speeds)
    rows.push_back({{"what", speed.what},
                    {"issue", speed.issue},
                    {"hour", SpeedJson(speed.hour)},
                    {"day", SpeedJson(speed.day)}});
  return {{"at", listening.speeds.empty() ? Json() : Json(ToInstant(listening.last_instant))},
          {"because", OrNull(listening.speeds_because)},
          {"rows", std::move(rows)}};
}

Json FindingJson(const ChangeFinding& finding) {
  const bool told = finding.test.verdict != BeforeAfter::Verdict::kCannotTell;
  return {{"verdict", ToWord(finding.test.verdict)},
          {"from", ToIso(finding.from)},
          {"effect", told ? ValueJson(finding.effect, finding.low, finding.high, "ratio",
                                      finding.test.before + finding.test.after)
                          : Json()},
          {"p_series", told ? Json(finding.test.p_series) : Json()},
          {"p_placebo", told ? Json(finding.test.p_placebo) : Json()},
          {"because", OrNull(finding.because)}};
}

Json FixJson(const HeardFix& fix) {
  Json talk;
  if (fix.talk_words > 0) {
    talk = fix.talk
               ? ValueJson(fix.talk_after / fix.issue_after, fix.talk->low, fix.talk->high, "ratio",
                           fix.issue_after)
               : TooLittle("ratio", fix.issue_after, "at least 30 mentions of the issue after the change");
    talk["mentions"] = fix.talk_after;
    talk["previous_mentions"] = fix.talk_before;
  }
  return {{"improvement", fix.change.id},
          {"title", fix.change.title},
          {"on", ToIso(fix.change.on)},
          {"owner", OrNull(fix.change.owner)},
          {"issue", fix.issue},
          {"share_of_mentions", FindingJson(fix.share)},
          {"negative_share", FindingJson(fix.negative)},
          {"talk_of_the_fix", std::move(talk)}};
}

}  // namespace

std::string ToInstant(std::int64_t micros) {
  const std::int64_t seconds = micros / 1'000'000 - (micros % 1'000'000 < 0 ? 1 : 0);
  const std::int64_t day = seconds / 86400 - (seconds % 86400 < 0 ? 1 : 0), rest = seconds - day * 86400;
  char clock[24];
  std::snprintf(clock, sizeof clock, "T%02d:%02d:%02dZ", static_cast<int>(rest / 3600),
                static_cast<int>(rest / 60 % 60), static_cast<int>(rest % 60));
  return ToIso(Day{std::chrono::days{day}}) + clock;
}

std::string ListeningJson(const Listening& listening) {
  Json data = {{"by", listening.by}, {"scope", {{"what", listening.scope}, {"own", listening.scope_is_own}}}};
  data["denominator"] = {
      {"what", "mentions of all brands in the exports, spam left out"},
      {"mentions", CountJson(listening.mentions_now)},
      {"previous_mentions", CountJson(listening.mentions_before)},
      {"engagements", ValueJson(listening.engagements_now, "count", listening.mentions_now, "")}};
  data["brands"] = BrandsJson(listening);
  data["groups"] = GroupsJson(listening);
  data["messages"] = listening.messages
                         ? Json{{"messages", CountJson(listening.messages->tones.now.all())},
                                {"previous_messages", CountJson(listening.messages->tones.before.all())},
                                {"net_sentiment", NetJson(listening.messages->tones.now)},
                                {"previous_net_sentiment", NetJson(listening.messages->tones.before)},
                                {"labelled_by_export", listening.messages->told}}
                         : Json();
  data["reading"] = ReadingJson(listening);
  data["drivers"] = DriversJson(listening);
  data["topics"] = TopicsJson(listening.topics);
  data["said_more"] = TermsJson(listening.terms);
  data["said_more"]["left_out"] = LeftOutJson(listening);
  data["velocity"] = SpeedsJson(listening);
  data["fixes"] = Json::array();
  for (const HeardFix& fix : listening.fixes) data["fixes"].push_back(FixJson(fix));
  data["warnings"] = listening.warnings;
  Json json = Envelope("listen", listening.workspace, std::move(data));
  const auto span = [](const Window& window) {
    return Json{{"from", ToIso(window.from)}, {"to", ToIso(window.to - std::chrono::days{1})}};
  };
  json["as_of"] = ToIso(listening.as_of);
  json["period"] = span(listening.period);
  json["compare"] = listening.compare.days() > 0 ? span(listening.compare) : Json();
  return Dump(json);
}

}  // namespace backcast
