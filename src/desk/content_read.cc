// SPDX-License-Identifier: Apache-2.0
#include "desk/content_read.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>
#include <set>

#include "base/number.h"
#include "base/yaml.h"
#include "desk/content_cuts.h"
#include "desk/content_young.h"
#include "desk/notes.h"
#include "desk/question.h"
#include "ingest/cells.h"
#include "measure/robust.h"

namespace backcast {
namespace {

constexpr int kFewestOfMonth = 5, kFewestForRate = 10;

/// The zone of calendar.yaml, else of the plan, else UTC; and the file that names it.
struct NamedZone {
  std::string name = "UTC", file;
};

NamedZone ZoneOf(const Workspace& workspace) {
  const std::string path = workspace.PathOf("calendar.yaml");
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored)) {
    if (const auto text = ReadTextFile(path); text.ok()) {
      if (const auto yaml = ParseYaml(text.value(), "calendar.yaml"); yaml.ok()) {
        if (std::string zone = yaml.value().Text("time_zone"); !zone.empty()) return {zone, "calendar.yaml"};
      }
    }
  }
  if (workspace.plan() && !workspace.plan()->time_zone.empty())
    return {workspace.plan()->time_zone, workspace.plan()->file};
  return {};
}

Result<Zone> OpenZone(const NamedZone& named) {
  auto zone = Zone::Open(named.name);
  if (zone.ok()) return zone;
  Error error = zone.error();
  error.where = named.file;
  return error;
}

/// Posts that may be judged, by account.
std::map<std::string, std::vector<const ReadPost*>> Candidates(const std::vector<ReadPost>& posts,
                                                               const Window& period, bool with_paid,
                                                               PostTally& tally) {
  std::map<std::string, std::vector<const ReadPost*>> candidates;
  for (const ReadPost& post : posts) {
    if (!period.Contains(post.published)) continue;
    ++tally.read;
    if (post.promoted && !with_paid) {
      ++tally.promoted;
    } else if (post.engagement.empty()) {
      ++tally.without_numbers;
    } else if (post.engagement.back().age < kComparedAge) {
      ++tally.too_young;
    } else {
      candidates[post.AccountName()].push_back(&post);
    }
  }
  return candidates;
}

std::optional<double> ValueAt(const PostCurve& curve, bool at_age) {
  if (at_age) return AtAge(curve, kComparedAge);
  if (curve.empty() || curve.back().age < kComparedAge) return std::nullopt;
  return curve.back().value;
}

class Judging {
 public:
  Judging(const Zone& zone, ContentAnswer& answer) : zone_(zone), answer_(answer) {}

  /// One account's posts at the age at which most of them can be compared.
  void Add(const std::string& account, const std::vector<const ReadPost*>& posts) {
    const auto with_age = std::count_if(posts.begin(), posts.end(), [](const ReadPost* post) {
      return AtAge(post->engagement, kComparedAge).has_value();
    });
    AccountBasis basis{account, 2 * static_cast<std::size_t>(with_age) >= posts.size(), 0, false};
    const bool dated = HasDays(posts);
    std::map<std::string, int> months;
    const std::size_t first = judged_.size();
    for (const ReadPost* post : posts) {
      const auto value = ValueAt(post->engagement, basis.at_age);
      if (!value) {
        ++answer_.tally.not_at_age;
        continue;
      }
      JudgedPost judged{
          post, ToIso(post->published).substr(0, 7), *value, ValueAt(post->kept, basis.at_age), {}, {}};
      Place(judged, dated);
      ++months[judged.row];
      judged_.push_back(std::move(judged));
      ++basis.posts;
      basis.undivided |= post->undivided && !post->promoted;  // a total of a promoted post tells who paid
    }
    // Months of a few posts have no level of their own: together they are the account's other months.
    for (std::size_t i = first; i < judged_.size(); ++i) {
      const std::string month = judged_[i].row;
      judged_[i].row = account + ", " + (months[month] < kFewestOfMonth ? "other months" : month);
    }
    if (basis.posts > 0) answer_.accounts.push_back(basis);
  }

  const std::vector<JudgedPost>& judged() const { return judged_; }

 private:
  /// Whether days are days: an export of months puts all of its posts on their first.
  static bool HasDays(const std::vector<const ReadPost*>& posts) {
    return std::any_of(posts.begin(), posts.end(), [](const ReadPost* post) {
      return !post->published_at && std::chrono::year_month_day{post->published}.day() != std::chrono::day{1};
    });
  }

  void Place(JudgedPost& judged, bool dated) const {
    Day day = judged.post->published;
    if (judged.post->published_at) {
      const Instant instant{std::chrono::seconds{*judged.post->published_at}};
      day = zone_.DayOf(instant);
      // Midnight sharp in UTC is what a file without a time of day becomes.
      if (*judged.post->published_at % 86400 != 0)
        judged.hour = zone_.HourOf(instant);
      else
        day = judged.post->published;
    } else if (!dated) {
      return;
    }
    judged.weekday = static_cast<int>(std::chrono::weekday{day}.iso_encoding()) - 1;
  }

  const Zone& zone_;
  ContentAnswer& answer_;
  std::vector<JudgedPost> judged_;
};

std::vector<LiftPost> LiftPosts(const std::vector<JudgedPost>& judged, bool kept) {
  std::vector<LiftPost> posts;
  for (const JudgedPost& post : judged) {
    if (kept && !post.kept) continue;
    posts.push_back(
        {post.row, post.Format(), std::max(0.0, kept ? *post.kept : post.value), post.post->labels.themes});
  }
  return posts;
}

ThemeNumbers NumbersOf(const ThemeEffect& effect, const std::vector<JudgedPost>& judged,
                       const ContentRules& rules, const ThemeLifts& kept) {
  ThemeNumbers numbers{.theme = effect.theme, .name = effect.theme};
  for (const ThemeRule& rule : rules.themes) {
    if (rule.id == effect.theme) numbers.name = rule.name, numbers.note = rule.note;
  }
  std::vector<double> values, saved, seen;
  for (const JudgedPost& post : judged) {
    const auto& themes = post.post->labels.themes;
    if (std::find(themes.begin(), themes.end(), effect.theme) == themes.end()) continue;
    values.push_back(post.value);
    if (!post.kept || !post.post->seen || *post.post->seen <= 0) continue;
    saved.push_back(*post.kept);
    seen.push_back(*post.post->seen);
  }
  if (!values.empty()) {
    if (const auto typical = QuantileInterval(values, 0.5); typical.ok()) numbers.typical = typical.value();
  }
  if (saved.size() >= kFewestForRate) {
    if (const auto rate = RatioInterval(saved, seen); rate.ok()) {
      numbers.kept_rate = rate.value();
      // Nothing is saved less than never: the interval, even on both sides, ends at nought.
      numbers.kept_rate->interval.low = std::max(0.0, numbers.kept_rate->interval.low);
    }
  }
  numbers.kept_needs = "no post of it has saves or shares";
  for (const ThemeEffect& other : kept.themes) {
    if (other.theme != effect.theme) continue;
    numbers.kept = other.lift;
    numbers.kept_posts = other.posts;
    numbers.kept_needs = kept.needs.empty() ? other.needs : kept.needs;
  }
  return numbers;
}

void TallyLabels(const std::vector<JudgedPost>& judged, const ContentLabels& labels, PostTally& tally) {
  tally.judged = static_cast<int>(judged.size());
  std::optional<Day> seen;
  if (labels.first_seen.size() >= 10) {
    if (const auto day = ParseIsoDay(std::string_view(labels.first_seen).substr(0, 10)); day.ok())
      seen = day.value();
  }
  for (const JudgedPost& each : judged) {
    const PostLabels& own = each.post->labels;
    tally.labelled += !own.themes.empty();
    tally.of_several += own.themes.size() > 1;
    tally.by_hand += own.source == LabelSource::kHand;
    tally.by_rule += own.source == LabelSource::kRule;
    tally.by_export += own.source == LabelSource::kExport;
    tally.before_labels += seen && each.post->published < *seen;
  }
}

PromotedPosts PromotedOf(const std::vector<ReadPost>& posts, const Window& period,
                         const std::vector<JudgedPost>& judged) {
  PromotedPosts promoted;
  std::vector<double> values, organic;
  for (const ReadPost& post : posts) {
    if (!post.promoted || !period.Contains(post.published)) continue;
    ++promoted.posts;
    if (const auto value = ValueAt(post.engagement, false)) values.push_back(*value);
  }
  for (const JudgedPost& post : judged) {
    if (!post.post->promoted) organic.push_back(post.value);
  }
  if (!values.empty()) promoted.median = Median(values);
  if (!organic.empty()) promoted.organic_median = Median(organic);
  return promoted;
}

Result<Done> AddNotes(const Workspace& workspace, ContentAnswer& answer) {
  BACKCAST_TRY(NotesRead read,
               ReadNotes(workspace.PathOf("notes"), {answer.period.from, answer.as_of + std::chrono::days{1}},
                         {}, answer.as_of));
  std::set<std::string> about = {"content"};
  for (const ThemeEffect& theme : answer.lifts.themes) about.insert(theme.theme);
  for (Note& note : read.notes) {
    if (about.contains(note.node)) answer.notes.push_back(std::move(note));
  }
  return Done{};
}

/// Posts that were labelled by hand and that no export has: a typing error, or an export that is missing.
Result<Done> RemarkLostLabels(Workspace& workspace, const HandLabels& by_hand, ContentAnswer& answer) {
  constexpr std::size_t kNamed = 3;
  if (by_hand.empty()) return Done{};
  BACKCAST_TRY(const Table table,
               workspace.engine().Run(Statement{"select platform, post_id, url from post", {}}));
  std::set<std::string> lost;
  for (const auto& [post, themes] : by_hand) lost.insert(post);
  for (std::size_t row = 0; row < table.rows; ++row) {
    const std::string id = WordAt(table, "post_id", row);
    for (const std::string& key : {WordAt(table, "platform", row) + ":" + id, id, WordAt(table, "url", row)})
      lost.erase(key);
  }
  if (lost.empty()) return Done{};
  std::string names;
  std::size_t named = 0;
  for (const std::string& post : lost) {
    if (named == kNamed) break;
    names += (named++ == 0 ? "" : ", ") + post;
  }
  answer.remarks.push_back((lost.size() == 1 ? "1 post that is labelled by hand is"
                                             : Counted(static_cast<std::int64_t>(lost.size()), "post") +
                                                   " that are labelled by hand are") +
                           " in no export: " + names + (lost.size() > kNamed ? " and others" : ""));
  return Done{};
}

LiftMinimum MinimumOf(const Workspace& workspace) {
  LiftMinimum minimum;
  if (!workspace.plan()) return minimum;
  if (const Yaml* learning = workspace.plan()->root.Find("learning"); learning != nullptr) {
    const double asked = learning->Number("min_posts_per_theme", minimum.posts_of_theme);
    if (asked > minimum.posts_of_theme && asked <= 10000) minimum.posts_of_theme = static_cast<int>(asked);
  }
  return minimum;
}

}  // namespace

bool ContentAnswer::NothingJudged() const {
  const auto open = [](const std::vector<GroupComparison>& list) {
    return std::all_of(list.begin(), list.end(), [](const GroupComparison& comparison) {
      return comparison.verdict == GroupVerdict::kTooLittle;
    });
  };
  return !lifts.needs.empty() && open(formats) && open(weekdays) && open(hours) &&
         std::all_of(
             pairs.begin(), pairs.end(),
             [](const PairAnswer& pair) { return pair.comparison.verdict == GroupVerdict::kTooLittle; }) &&
         std::all_of(young.begin(), young.end(),
                     [](const YoungPost& post) { return post.usual.answer == AgainstUsual::kTooLittle; });
}

Result<ContentAnswer> ReadContent(Workspace& workspace, const Ready& ready, const ContentQuestion& question,
                                  Talk& talk) {
  ContentAnswer answer;
  answer.workspace = workspace.name();
  answer.period = ready.request.period;
  answer.as_of = ready.request.as_of;
  const NamedZone named = ZoneOf(workspace);
  answer.zone = named.name;
  BACKCAST_TRY(const Zone zone, OpenZone(named));
  BACKCAST_TRY(ContentLabels labels, ReadContentLabels(workspace, talk));
  answer.labels_version = labels.version;
  answer.labels_first_seen = labels.first_seen;
  answer.several = labels.rules.several;
  answer.remarks = std::move(labels.remarks);
  const Window asked{std::min(answer.period.from, answer.as_of - std::chrono::days{kPastDays + kComparedAge}),
                     std::max(answer.period.to, answer.as_of + std::chrono::days{1})};
  BACKCAST_TRY(const std::vector<ReadPost> posts,
               ReadPosts(workspace, ready, labels, asked, question.filters, answer.sql));

  BACKCAST_CHECK(RemarkLostLabels(workspace, labels.by_hand, answer));

  Judging judging(zone, answer);
  for (const auto& [account, list] : Candidates(posts, answer.period, question.with_paid, answer.tally))
    judging.Add(account, list);
  const std::vector<JudgedPost>& judged = judging.judged();
  TallyLabels(judged, labels, answer.tally);
  answer.promoted = PromotedOf(posts, answer.period, judged);
  answer.promoted.judged = question.with_paid;

  const LiftMinimum minimum = MinimumOf(workspace);
  answer.lifts = MeasureThemes(LiftPosts(judged, false), answer.several, minimum);
  const ThemeLifts kept = MeasureThemes(LiftPosts(judged, true), answer.several, minimum);
  answer.kept_needs = kept.needs;
  for (const ThemeEffect& effect : answer.lifts.themes)
    answer.numbers.push_back(NumbersOf(effect, judged, labels.rules, kept));
  answer.mix = MixToTry(answer.lifts);
  answer.concentration = Concentration(answer.mix);
  CutPosts(judged, labels.rules, answer);

  answer.young = YoungPosts(posts, answer.as_of, question.post);
  if (!question.post.empty() && answer.young.empty()) {
    return Error{Code::kUsage, "",
                 "no own post '" + question.post + "' with numbers was published " + ToWords(asked),
                 "give its id as its platform writes it, such as 17918273645 or instagram:17918273645"};
  }
  BACKCAST_CHECK(AddNotes(workspace, answer));
  return answer;
}

}  // namespace backcast
