// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/number.h"
#include "desk/chain_json.h"
#include "desk/journey_words.h"
#include "desk/listen_answer.h"
#include "report/hostile.h"

namespace backcast {
namespace {

constexpr std::size_t kMostLines = 12;

std::string Whole(double value) { return FormatNumber(value, "count", false); }

/// Net sentiment as points from -100 to 100.
std::string NetText(double value) {
  const auto points = std::llround(100 * value);
  return (points > 0 ? "+" : "") + std::to_string(points);
}

std::string NetRange(const Interval& interval) {
  return NetText(interval.low) + " to " + NetText(interval.high);
}

std::string VerdictText(const HeardGroup& group) {
  switch (group.change.verdict) {
    case ToneVerdict::kBetter:
      return "better";
    case ToneVerdict::kWorse:
      return "worse";
    case ToneVerdict::kNoDifferenceShown:
      return "none shown";
    case ToneVerdict::kTooLittle:
      break;
  }
  return group.collection.empty() ? "too little" : "not alike";
}

std::string ShareOf(double part, double whole) { return whole > 0 ? ShareText(part / whole) : "—"; }

AnswerSection GroupSection(const std::string& heading, const std::string& what,
                           const std::vector<HeardGroup>& groups, double mentions, double engagements,
                           bool compared) {
  AnswerSection section{heading,
                        {{what, "mentions", "share", "95 %", "eng. share", "net", "95 %", "before", "change"},
                         {false, true, true, true, true, true, true, true, false},
                         {}},
                        {}};
  for (const HeardGroup& group : groups) {
    if (section.table.rows.size() == kMostLines) {
      section.sentences.push_back(std::to_string(groups.size() - kMostLines) +
                                  " smaller ones are in --json.");
      break;
    }
    const auto net = NetOf(group.now), before = NetOf(group.before);
    const auto share = mentions > 0 ? WilsonInterval(group.now.all(), mentions)
                                    : Result<Interval>(Error{Code::kTooLittle, "", "", ""});
    section.table.rows.push_back({GroupText(group.name) + (group.own ? " *" : ""), Whole(group.now.all()),
                                  ShareOf(group.now.all(), mentions),
                                  share.ok() ? RangeText(std::optional(share.value())) : "—",
                                  group.engagements_told ? ShareOf(group.engagements_now, engagements) : "—",
                                  net ? NetText(net->value) : "—", net ? NetRange(net->interval) : "—",
                                  before ? NetText(before->value) : "—", compared ? VerdictText(group) : ""});
  }
  for (const HeardGroup& group : groups) {
    if (group.corrected)
      section.sentences.push_back(GroupText(group.name) + ": net sentiment corrected by the labels " +
                                  NetText(group.corrected->net) + " (" + NetRange(group.corrected->interval) +
                                  ", n " + Whole(group.corrected->n) + ").");
    if (section.sentences.size() > kMostLines) break;
  }
  return section;
}

std::string QualityText(const ReadingQuality& quality) {
  std::string text = "right in " + ShareText(quality.accuracy) + " (" +
                     RangeText(std::optional(quality.interval)) + ", n " + Whole(quality.n) + ")";
  for (std::size_t i = 0; i < kTones; ++i) {
    const ToneQuality& tone = quality.tones[i];
    if (!tone.sensitivity_interval || !tone.specificity_interval) continue;
    text += "; " + std::string(ToWord(static_cast<Tone>(i))) + ": finds " + ShareText(tone.sensitivity) +
            " (" + RangeText(tone.sensitivity_interval) + "), leaves out " + ShareText(tone.specificity) +
            " (" + RangeText(tone.specificity_interval) + ") of the others";
  }
  return text + ".";
}

std::vector<std::string> ReadingSentences(const Listening& listening) {
  const HeardReading& reading = listening.reading;
  std::vector<std::string> sentences;
  const double all = listening.mentions_now;
  std::string first = "Sentiment: of " + Whole(all) + " mentions the export labels " + Whole(reading.told) +
                      ", Backcast reads " + Whole(reading.read) + ", and " + Whole(reading.unclassified) +
                      " (" + ShareOf(reading.unclassified, all) + ") are not classified.";
  if (!reading.domains.empty()) {
    first += " Words of:";
    for (const std::string& domain : reading.domains) first += " " + domain;
    first += ".";
  }
  if (reading.own_words > 0) first += " Own words: " + std::to_string(reading.own_words) + ".";
  sentences.push_back(std::move(first));
  std::string languages;
  for (std::size_t i = 0; i < std::min<std::size_t>(reading.languages.size(), 5); ++i) {
    const auto& [language, count] = reading.languages[i];
    languages += (i == 0 ? "" : ", ") + (language.empty() ? "not told" : language) + " " +
                 ShareOf(count, all - reading.silent);
  }
  if (!languages.empty()) sentences.push_back("Languages: " + languages + ".");
  if (reading.against_exports)
    sentences.push_back("Backcast's own reading, held against the export's labels: " +
                        QualityText(*reading.against_exports));
  if (reading.against_labels)
    sentences.push_back("The reading used here, held against labels.csv: " +
                        QualityText(*reading.against_labels));
  if (reading.read > 0 && reading.labels == 0)
    sentences.push_back(
        "What Backcast read is shown as classified. 200 labels by hand (labels.csv: mention_id,label) "
        "would say how often it is right, and correct it.");
  if (!reading.not_corrected.empty())
    sentences.push_back("Shown as classified: " + reading.not_corrected + ".");
  return sentences;
}

/// Which brands are in no comparison of all brands together.
std::string LeftOutText(const Listening& listening) {
  std::string names;
  for (const std::string& name : listening.left_out)
    names += (names.empty() ? "" : ", ") + (name.empty() ? std::string("mentions of no brand") : name);
  return names.empty() ? "" : "Left out, since not collected alike in both periods: " + names + ".";
}

AnswerSection DriverSection(const Listening& listening) {
  const HeardDrivers& heard = listening.drivers;
  AnswerSection section{"What moved net sentiment, by " + heard.by, {}, {}};
  if (!heard.because.empty()) {
    section.sentences.push_back("Not told: " + heard.because + ".");
    return section;
  }
  section.table = {{heard.by, "part", "said more", "said otherwise", "now", "before"},
                   {false, true, true, true, true, true},
                   {}};
  std::vector<std::size_t> order(heard.groups.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
    return std::abs(heard.drivers.groups[left].contribution()) >
           std::abs(heard.drivers.groups[right].contribution());
  });
  double rest = 0;
  for (std::size_t at = 0; at < order.size(); ++at) {
    const ToneDriver& driver = heard.drivers.groups[order[at]];
    if (at >= kMostLines) {
      rest += driver.contribution();
      continue;
    }
    const TonePair& tones = heard.tones[order[at]];
    section.table.rows.push_back({GroupText(heard.groups[order[at]]), PointsText(driver.contribution()),
                                  PointsText(driver.mix), PointsText(driver.rate),
                                  Whole(tones.now.classified()), Whole(tones.before.classified())});
  }
  section.sentences.push_back(
      "Net sentiment went from " + NetText(heard.drivers.before) + " to " + NetText(heard.drivers.now) +
      "; the parts add up to the change of " + PointsText(heard.drivers.now - heard.drivers.before) +
      (order.size() > kMostLines ? ", " + PointsText(rest) + " of it from groups not listed." : "."));
  if (!listening.left_out.empty()) section.sentences.push_back(LeftOutText(listening));
  return section;
}

/// Whose topics these are.
std::string ToldTopics(const HeardTopics& heard) {
  const double others = heard.texts - heard.told;
  std::string words = "Of these the export says the topic of " + Whole(heard.told);
  if (others > 0 && heard.because.empty())
    words += "; in the other " + Whole(others) + " Backcast found its own";
  if (others > 0 && !heard.because.empty())
    words += "; in the other " + Whole(others) + " Backcast found none: " + heard.because;
  return words + ".";
}

AnswerSection TopicSection(const Listening& listening) {
  const HeardTopics& heard = listening.topics;
  AnswerSection section{"Topics of " + listening.scope, {}, {}};
  if (heard.topics.empty()) {
    section.sentences.push_back("Not told: " + heard.because + ".");
    return section;
  }
  section.table = {{"topic", "mentions", "before", "net", "95 %"}, {false, true, true, true, true}, {}};
  if (heard.told > 0) {
    section.table.headers.push_back("by");
    section.table.numbers.push_back(false);
  }
  for (const HeardTopic& topic : heard.topics) {
    if (section.table.rows.size() == kMostLines) break;
    const auto net = NetOf(topic.tones.now);
    section.table.rows.push_back({topic.name, Whole(topic.tones.now.all()), Whole(topic.tones.before.all()),
                                  net ? NetText(net->value) : "—", net ? NetRange(net->interval) : "—"});
    if (heard.told > 0) section.table.rows.back().push_back(topic.told ? "export" : "backcast");
  }
  if (heard.topics.size() > kMostLines)
    section.sentences.push_back(std::to_string(heard.topics.size() - kMostLines) +
                                " smaller ones are in --json.");
  section.sentences.push_back(ShareText(heard.coverage) + " of " + Whole(heard.texts) +
                              " texts have a topic; the others are like none.");
  if (heard.told > 0) section.sentences.push_back(ToldTopics(heard));
  return section;
}

AnswerSection TermSection(const Listening& listening) {
  const HeardTerms& terms = listening.terms;
  AnswerSection section{"What is said more than before", {}, {}};
  if (!terms.because.empty()) {
    section.sentences.push_back("Not told: " + terms.because + ".");
    return section;
  }
  section.table = {{"term", "now", "before", "z", "q"}, {false, true, true, true, true}, {}};
  for (const auto* list : {&terms.more, &terms.less}) {
    for (const HeardTerm& term : *list) {
      char z[24], q[24];
      std::snprintf(z, sizeof z, "%+.1f", term.said.z);
      std::snprintf(q, sizeof q, "%.1g", term.said.q);
      section.table.rows.push_back({term.term, Whole(term.now), Whole(term.before), z, q});
    }
  }
  const bool none = section.table.rows.empty();
  if (none) section.table = {};
  section.sentences.push_back("Of " + Counted(static_cast<std::int64_t>(terms.looked_at), "term") + " in " +
                              Whole(terms.now) + " mentions now and " + Whole(terms.before) + " before, " +
                              (none ? "none is" : "these are") + " sure (|z| over 3, q at most 0.05).");
  if (!listening.left_out.empty()) section.sentences.push_back(LeftOutText(listening));
  return section;
}

AnswerSection SpeedSection(const Listening& listening) {
  AnswerSection section{"How fast it comes in", {}, {}};
  if (!listening.speeds.empty()) section.heading += ", up to " + ToInstant(listening.last_instant);
  if (!listening.speeds_because.empty()) {
    section.sentences.push_back("Not told: " + listening.speeds_because + ".");
    return section;
  }
  section.table = {
      {"what", "last hour", "usual", "last day", "usual", ""}, {false, true, true, true, true, false}, {}};
  const auto usual = [](const Velocity& velocity) {
    return velocity.expected ? FormatNumber(*velocity.expected, "score", true) : std::string("—");
  };
  int weeks = kMostVelocityWeeks;
  for (const HeardSpeed& speed : listening.speeds) {
    weeks = std::min({weeks, speed.hour.weeks, speed.day.weeks});
    if (section.table.rows.size() == kMostLines && !speed.hour.alarm && !speed.day.alarm) continue;
    section.table.rows.push_back({speed.what, Whole(speed.hour.count), usual(speed.hour),
                                  Whole(speed.day.count), usual(speed.day),
                                  speed.hour.alarm || speed.day.alarm ? "ALARM" : ""});
  }
  if (weeks < kFewestVelocityWeeks)
    section.sentences.push_back("No alarm can be given: have " + Counted(weeks, "week") +
                                " of the past, need " + std::to_string(kFewestVelocityWeeks) + ".");
  return section;
}

std::string FindingText(const ChangeFinding& finding) {
  if (finding.test.verdict == BeforeAfter::Verdict::kCannotTell) return "cannot be told: " + finding.because;
  const std::string effect = ShareText(finding.effect) + " (" + ShareText(finding.low) + " to " +
                             ShareText(finding.high) + ", " +
                             std::to_string(finding.test.before + finding.test.after) + " days)";
  switch (finding.test.verdict) {
    case BeforeAfter::Verdict::kChanged:
      return "changed as meant, " + effect;
    case BeforeAfter::Verdict::kChangedAgainst:
      return "changed the other way, " + effect;
    default:
      return "no change shown, " + effect;
  }
}

AnswerSection FixSection(const Listening& listening) {
  AnswerSection section{"Fixes, and whether people notice", {}, {}};
  for (const HeardFix& fix : listening.fixes) {
    const std::string title = fix.change.title + " (" + ToIso(fix.change.on) + ", " + fix.issue + "): ";
    section.sentences.push_back(title + "its share of the mentions: " + FindingText(fix.share) + ".");
    section.sentences.push_back(title + "the negative share of its mentions: " + FindingText(fix.negative) +
                                ".");
    if (fix.talk_words == 0) continue;
    section.sentences.push_back(
        title + (fix.talk ? ShareOf(fix.talk_after, fix.issue_after) + " (" + RangeText(fix.talk) + ") of " +
                                Whole(fix.issue_after) + " mentions of it since speak of the fix; before, " +
                                Whole(fix.talk_before) + " of " + Whole(fix.issue_before) + " did."
                          : "whether people speak of the fix cannot be told: have " + Whole(fix.issue_after) +
                                " mentions since, need 30."));
  }
  return section;
}

/// Without engagement and the period before, which stand in wider terminals, Markdown and JSON.
AnswerSection Narrowed(AnswerSection section) {
  for (const std::ptrdiff_t column : {7, 4}) {
    section.table.headers.erase(section.table.headers.begin() + column);
    section.table.numbers.erase(section.table.numbers.begin() + column);
    for (auto& row : section.table.rows) row.erase(row.begin() + column);
  }
  return section;
}

std::string Written(const AnswerSection& section, Format format, int width) {
  if (format == Format::kMarkdown) {
    std::string out = "## " + EscapeMarkdown(section.heading) + "\n\n";
    if (!section.table.headers.empty()) out += section.table.ToMarkdown() + "\n";
    for (const std::string& sentence : section.sentences) out += EscapeMarkdown(sentence) + "\n\n";
    return out;
  }
  std::string out = Wrapped(Visible(section.heading), 0, width) + "\n";
  if (!section.table.headers.empty()) out += section.table.Folded(width);
  for (const std::string& sentence : section.sentences) out += Wrapped(Visible(sentence), 2, width);
  return out + "\n";
}

/// One table for spreadsheets: a row per brand and group.
std::string Csv(const Listening& listening) {
  AnswerTable table{
      {"dimension", "group", "mentions", "share", "engagements", "negative", "neutral", "positive",
       "not_classified", "net_sentiment", "low", "high", "net_before", "verdict", "collection"},
      {},
      {}};
  const auto exact = [](double value) { return nlohmann::ordered_json(value).dump(); };
  const auto add = [&](const std::string& dimension, const std::vector<HeardGroup>& groups) {
    double mentions = 0;
    for (const HeardGroup& group : groups) mentions += group.now.all();
    for (const HeardGroup& group : groups) {
      const auto net = NetOf(group.now), before = NetOf(group.before);
      table.rows.push_back({dimension, GroupText(group.name), exact(group.now.all()),
                            mentions > 0 ? exact(group.now.all() / mentions) : "",
                            group.engagements_told ? exact(group.engagements_now) : "",
                            exact(group.now.tones[0]), exact(group.now.tones[1]), exact(group.now.tones[2]),
                            exact(group.now.unclassified), net ? exact(net->value) : "",
                            net ? exact(net->interval.low) : "", net ? exact(net->interval.high) : "",
                            before ? exact(before->value) : "", std::string(ToWord(group.change.verdict)),
                            group.collection});
    }
  };
  add("brand", listening.brands);
  add(listening.by, listening.groups);
  return table.ToCsv();
}

}  // namespace

std::string ListeningPaper(const Listening& listening, Format format, int width) {
  if (format == Format::kCsv) return Csv(listening);
  const bool compared = listening.compare.days() > 0;
  std::string out;
  AnswerSection brands =
      GroupSection("Share of voice, " + ToWords(listening.period) +
                       (compared ? " against " + ToWords(listening.compare) : ""),
                   "brand", listening.brands, listening.mentions_now, listening.engagements_now, compared);
  brands.sentences.push_back("Share: of " + Whole(listening.mentions_now) +
                             " mentions of all brands in the exports, spam left out. Net: positive less "
                             "negative per 100 classified mentions.");
  for (const HeardGroup& brand : listening.brands) {
    if (!brand.query.empty())
      brands.sentences.push_back("Searched for " + brand.name + ": " + brand.query + ".");
  }
  if (std::all_of(listening.brands.begin(), listening.brands.end(),
                  [](const HeardGroup& brand) { return brand.query.empty(); }))
    brands.sentences.push_back(
        "What was searched for is not written down (listening.queries of the plan), so that brands may have "
        "been collected to different depths.");
  if (std::any_of(listening.brands.begin(), listening.brands.end(),
                  [](const HeardGroup& brand) { return brand.own; }))
    brands.sentences.push_back("* the own brand.");
  for (const std::string& warning : listening.warnings) brands.sentences.push_back("Warning: " + warning);
  if (listening.messages) {
    const auto net = NetOf(listening.messages->tones.now);
    brands.sentences.push_back(
        "Messages to the brand itself, counted apart: " + Whole(listening.messages->tones.now.all()) +
        (net ? ", net " + NetText(net->value) + " (" + NetRange(net->interval) + ")" : std::string()) + ".");
  }
  for (std::string& sentence : ReadingSentences(listening)) brands.sentences.push_back(std::move(sentence));
  const bool narrow = format == Format::kText && width < kTextColumns;
  out += Written(narrow ? Narrowed(std::move(brands)) : brands, format, width);
  if (listening.by != "brand") {
    double mentions = 0, engagements = 0;
    for (const HeardGroup& group : listening.groups) {
      mentions += group.now.all();
      engagements += group.engagements_now;
    }
    AnswerSection groups = GroupSection("By " + listening.by + ": " + listening.scope, listening.by,
                                        listening.groups, mentions, engagements, compared);
    if (listening.by == "topic" && listening.topics.told > 0)
      groups.sentences.push_back(ToldTopics(listening.topics));
    out += Written(narrow ? Narrowed(std::move(groups)) : groups, format, width);
  }
  out += Written(DriverSection(listening), format, width);
  if (listening.by != "topic") out += Written(TopicSection(listening), format, width);
  if (compared) out += Written(TermSection(listening), format, width);
  out += Written(SpeedSection(listening), format, width);
  if (!listening.fixes.empty()) out += Written(FixSection(listening), format, width);
  return out;
}

}  // namespace backcast
