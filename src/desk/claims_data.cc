// SPDX-License-Identifier: Apache-2.0
#include "desk/claims_data.h"

#include <algorithm>
#include <map>

#include "base/ascii.h"
#include "base/embedded.h"
#include "desk/conversion.h"
#include "desk/question.h"
#include "ingest/mapping.h"

namespace backcast {
namespace {

/// The metrics of one kind of conversion: what platforms claim, and the own books.
struct KindMetrics {
  const char* id;
  const char* claimed;
  const char* own;
  const char* own_fact;
  bool has_value;  ///< sales have an amount
};
constexpr KindMetrics kKinds[] = {{"orders", "ad_conversions", "orders", "order", true},
                                  {"leads", "ad_leads", "leads", "lead", false}};

class Reader {
 public:
  Reader(Workspace& workspace, const Ready& ready) : workspace_(workspace), ready_(ready) {}

  Result<Claims> Read() {
    const auto text = Embedded("words.yaml");
    BACKCAST_TRY(const WordLists lists, ParseWordLists(text.value_or(""), "words.yaml"));
    if (const auto found = lists.find("ad_platform"); found != lists.end()) platforms_ = found->second;
    BACKCAST_TRY(ads_,
                 Ask({"ad_conversions", "ad_leads", "ad_conversion_value", "ad_spend", "ad_conversions_view"},
                     {"platform"}));
    BACKCAST_TRY(groups_, Ask({"ad_spend", "ad_conversions", "ad_leads"}, {"platform", "channel_group"}));
    BACKCAST_TRY(settings_, Ask({"ad_conversions", "ad_leads"}, {"platform", "attribution_setting"}));
    CollectGroups();
    for (const KindMetrics& kind : kKinds) BACKCAST_CHECK(AddKind(kind));
    BACKCAST_TRY(const std::vector<ConvertedMoney> conversions,
                 ReadConversions(workspace_, ready_, {"ad_day", "order"}, {ready_.request.period}));
    for (const auto& [fact, words] : WordsOf(conversions, ready_).withheld) {
      if (!words.empty()) claims_.money_withheld = words;
    }
    return std::move(claims_);
  }

 private:
  Result<Table> Ask(std::vector<std::string> metrics, std::vector<std::string> by) {
    return AskLake(workspace_, ready_,
                   {std::move(metrics), std::move(by), ready_.request.filters, {ready_.request.period}, {}},
                   &claims_.sql);
  }

  /// An amount, unless its rows are in currencies that have no sum.
  static std::optional<double> Money(const Table& table, const std::string& metric, std::size_t row) {
    if (NumberAt(table, metric + "@0:currencies", row).value_or(0) > 1) return std::nullopt;
    return NumberAt(table, metric + "@0", row);
  }

  void CollectGroups() {
    for (std::size_t row = 0; row < groups_.rows; ++row) {
      const std::string group = WordAt(groups_, "channel_group", row),
                        platform = WordAt(groups_, "platform", row);
      if (IsTotal(groups_, row) || group.empty() || platform.empty()) continue;
      if (!NumberAt(groups_, "ad_spend@0", row) && !NumberAt(groups_, "ad_conversions@0", row) &&
          !NumberAt(groups_, "ad_leads@0", row))
        continue;
      advertises_[group].insert(platform);
    }
  }

  /// The platform that brought what came by this channel, or nothing.
  std::string PlatformOf(const std::string& channel, const std::string& group) const {
    const auto paid = advertises_.find(group);
    if (paid == advertises_.end()) return "";
    const auto named = platforms_.find(LowerAscii(channel));
    const std::string& platform = named == platforms_.end() ? channel : named->second;
    if (paid->second.contains(platform)) return platform;
    // A channel that names another platform is that one's, even if it has no export.
    if (named != platforms_.end() || paid->second.size() != 1) return "";
    return *paid->second.begin();
  }

  Result<Done> AddKind(const KindMetrics& metrics) {
    ClaimKind kind{.id = metrics.id};
    const std::string claimed = std::string(metrics.claimed) + "@0";
    for (std::size_t row = 0; row < ads_.rows; ++row) {
      const auto count = NumberAt(ads_, claimed, row);
      if (IsTotal(ads_, row) || !count) continue;
      PlatformRow one;
      one.claim.platform = WordAt(ads_, "platform", row);
      one.claim.claimed = *count;
      one.spend = Money(ads_, "ad_spend", row);
      if (metrics.has_value) {
        one.claimed_value = Money(ads_, "ad_conversion_value", row);
        one.claim.view_only = NumberAt(ads_, "ad_conversions_view@0", row);
      }
      one.settings = SettingsOf(one.claim.platform, claimed);
      kind.platforms.push_back(std::move(one));
    }
    const bool any = std::any_of(kind.platforms.begin(), kind.platforms.end(),
                                 [](const PlatformRow& row) { return row.claim.claimed > 0; });
    if (!any) return Done{};
    BACKCAST_CHECK(AddOwn(metrics, kind));
    claims_.kinds.push_back(std::move(kind));
    return Done{};
  }

  std::vector<std::pair<std::string, double>> SettingsOf(const std::string& platform,
                                                         const std::string& claimed) const {
    std::vector<std::pair<std::string, double>> settings;
    for (std::size_t row = 0; row < settings_.rows; ++row) {
      const auto count = NumberAt(settings_, claimed, row);
      if (IsTotal(settings_, row) || WordAt(settings_, "platform", row) != platform || !count) continue;
      settings.emplace_back(WordAt(settings_, "attribution_setting", row), *count);
    }
    return settings;
  }

  Result<Done> AddOwn(const KindMetrics& metrics, ClaimKind& kind) {
    std::vector<PlatformClaim> claims;
    for (const PlatformRow& row : kind.platforms) claims.push_back(row.claim);
    const auto coverage =
        std::find_if(ready_.coverage.begin(), ready_.coverage.end(),
                     [&](const FactCoverage& fact) { return fact.fact == metrics.own_fact; });
    if (coverage == ready_.coverage.end() || coverage->rows == 0) {
      kind.no_own = "no export fills " + std::string(metrics.own_fact) + " yet";
      kind.total = SumClaims(claims, std::nullopt);
      return Done{};
    }
    std::vector<std::string> asked = {metrics.own};
    if (metrics.has_value) asked.emplace_back("revenue_net");
    BACKCAST_TRY(const Table own, Ask(asked, {"channel", "channel_group"}));
    const std::string count = std::string(metrics.own) + "@0";
    std::optional<double> real;
    std::map<std::string, double> counts;
    std::map<std::string, std::optional<double>> values;
    for (std::size_t row = 0; row < own.rows; ++row) {
      if (IsTotal(own, row)) {
        real = NumberAt(own, count, row);
        continue;
      }
      const std::string platform = PlatformOf(WordAt(own, "channel", row), WordAt(own, "channel_group", row));
      if (platform.empty()) continue;
      counts[platform] += NumberAt(own, count, row).value_or(0);
      const auto value = Money(own, "revenue_net", row);
      const auto known = values.find(platform);
      if (known == values.end()) {
        values[platform] = value;
      } else if (known->second && value) {
        *known->second += *value;
      } else if (NumberAt(own, "revenue_net@0:currencies", row).value_or(0) > 1) {
        known->second.reset();
      }
    }
    for (std::size_t i = 0; i < kind.platforms.size(); ++i) {
      PlatformRow& row = kind.platforms[i];
      row.claim.own = counts[row.claim.platform];
      row.own_value = metrics.has_value ? values[row.claim.platform] : std::nullopt;
      claims[i] = row.claim;
    }
    kind.total = SumClaims(claims, real);
    return Done{};
  }

  Workspace& workspace_;
  const Ready& ready_;
  std::map<std::string, std::string, std::less<>> platforms_;  ///< word -> ad platform
  std::map<std::string, std::set<std::string>> advertises_;    ///< channel group -> platforms
  Table ads_, groups_, settings_;
  Claims claims_;
};

}  // namespace

Result<Claims> ReadClaims(Workspace& workspace, const Ready& ready) {
  return Reader(workspace, ready).Read();
}

}  // namespace backcast
