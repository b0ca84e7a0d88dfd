// SPDX-License-Identifier: Apache-2.0
// The answer of attribute for people: what is not covered first, then the headline, then all models side by
// side.
#include <algorithm>
#include <functional>

#include "base/number.h"
#include "desk/attribute_words.h"
#include "report/hostile.h"
#include "report/width.h"

namespace backcast {
namespace {

using Rows = std::vector<std::vector<std::string>>;

std::string Range(const std::optional<double>& low, const std::optional<double>& high,
                  const std::function<std::string(double)>& words) {
  return low && high ? words(*low) + " to " + words(*high) : "—";
}

/// The headline with its intervals and the band over all models; beside hold-outs what they leave of it.
Rows HeadlineRows(const AskedJourneys& asked, const Credits& credits, const CreditWords& words) {
  const auto money = [&](double value) {
    return asked.currency.empty() ? TenthsInWords(value) : FormatNumber(value, asked.currency, true);
  };
  const bool worth = credits.totals.value > 0;
  const std::vector<CappedCredit> capped = words.Capped(*words.headline());
  Rows rows = {{"channel", "conversions", "95 % interval"}};
  if (!capped.empty()) rows[0].insert(rows[0].end(), {"within tests", "set aside"});
  rows[0].emplace_back("share");
  if (worth) rows[0].insert(rows[0].end(), {"value", "95 % interval"});
  rows[0].emplace_back("band of all models");
  const auto ranked = words.Ranked();
  for (std::size_t at = 0; at < ranked.size() && at < kMostChannelsShown; ++at) {
    const ChannelCredit& one = *ranked[at];
    std::vector<std::string> row = {words.Name(one.channel), TenthsInWords(one.credit),
                                    Range(one.low, one.high, TenthsInWords)};
    if (!capped.empty()) {
      const CappedCredit& part = capped[static_cast<std::size_t>(&one - words.headline()->channels.data())];
      row.push_back(TenthsInWords(part.credit));
      row.push_back(part.cap >= 0 ? TenthsInWords(part.set_aside) : "—");
    }
    row.push_back(ShareInWords(one.share));
    if (worth) {
      row.push_back(money(one.value));
      row.push_back(Range(one.value_low, one.value_high, money));
    }
    const auto spread = std::find_if(credits.spread.begin(), credits.spread.end(),
                                     [&](const CreditSpread& each) { return each.channel == one.channel; });
    row.push_back(spread == credits.spread.end() ? "—"
                                                 : Range(spread->low.value_or(spread->least),
                                                         spread->high.value_or(spread->most), ShareInWords));
    rows.push_back(std::move(row));
  }
  return rows;
}

/// What the chain loses without each channel, greatest first; only the head when Markov does not answer.
Rows RemovalRows(const ModelCredit& markov, const CreditWords& words) {
  Rows rows = {{"channel", "removal effect", "95 % interval", "credited by markov"}};
  std::vector<const ChannelCredit*> ranked;
  for (const ChannelCredit& one : markov.channels) ranked.push_back(&one);
  std::stable_sort(ranked.begin(), ranked.end(), [](const ChannelCredit* a, const ChannelCredit* b) {
    return a->removal_effect > b->removal_effect;
  });
  for (std::size_t at = 0; at < ranked.size() && at < kMostChannelsShown; ++at) {
    const ChannelCredit& one = *ranked[at];
    rows.push_back({words.Name(one.channel), ShareInWords(one.removal_effect.value_or(0)),
                    Range(one.removal_low, one.removal_high, ShareInWords), TenthsInWords(one.credit)});
  }
  return rows;
}

/// Shares of all models that answered.
Rows SideBySide(const Credits& credits, const CreditWords& words) {
  Rows rows = {{"share credited by"}};
  std::vector<const ModelCredit*> shown;
  for (const ModelCredit& model : credits.models) {
    // Ordered credit differs from shapley_volume by position only.
    if (model.channels.empty() || model.id == "shapley_ordered") continue;
    shown.push_back(&model);
    rows[0].push_back(model.id);
  }
  const auto ranked = words.Ranked();
  for (std::size_t at = 0; at < ranked.size() && at < kMostChannelsShown; ++at) {
    std::vector<std::string> row = {words.Name(ranked[at]->channel)};
    for (const ModelCredit* model : shown) {
      const auto found =
          std::find_if(model->channels.begin(), model->channels.end(),
                       [&](const ChannelCredit& one) { return one.channel == ranked[at]->channel; });
      row.push_back(found == model->channels.end() ? "—" : ShareInWords(found->share));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string Aligned(const Rows& rows) {
  std::vector<int> widths(rows[0].size());
  for (const auto& row : rows) {
    for (std::size_t at = 0; at < row.size(); ++at)
      widths[at] = std::max(widths[at], std::min(32, DisplayWidth(Visible(row[at]))));
  }
  std::string out;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t at = 0; at < row.size(); ++at)
      line += (at > 0 ? "  " : "  ") + Pad(Visible(row[at]), widths[at], at > 0);
    out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return out;
}

std::string MarkdownTable(const Rows& rows) {
  std::string out;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    out += "|";
    for (const std::string& cell : rows[row]) out += " " + EscapeMarkdown(cell) + " |";
    out += "\n";
    if (row > 0) continue;
    out += "|";
    for (std::size_t at = 0; at < rows[row].size(); ++at) out += at == 0 ? "---|" : "---:|";
    out += "\n";
  }
  return out;
}

}  // namespace

std::string CreditPage(const AskedJourneys& asked, const Credits& credits, bool markdown) {
  const CreditWords words(asked, credits);
  const auto table = [&](const Rows& rows) {
    return (markdown ? MarkdownTable(rows) : Aligned(rows)) + "\n";
  };
  const auto line = [&](const std::string& text) { return (markdown ? EscapeMarkdown(text) : text) + "\n"; };
  std::string out;
  if (asked.period) out += line(ToWords(*asked.period)) + "\n";
  for (const std::string& sentence : words.Coverage()) {
    out += markdown && sentence.starts_with("  ") ? "- " + EscapeMarkdown(sentence.substr(2)) + "\n"
                                                  : line(sentence);
  }
  out += "\n";
  if (words.headline() != nullptr) {
    out += line("Credited by " + words.headline()->id + ":") + (markdown ? "\n" : "");
    out += table(HeadlineRows(asked, credits, words));
    if (credits.models.size() > 1) {
      out += table(SideBySide(credits, words));
      out += line(words.Disagreement());
    }
    if (const std::string band = words.Band(); !band.empty()) out += line(band);
    if (const std::string intervals = words.Intervals(); !intervals.empty()) out += line(intervals);
    for (const std::string& hold_out : words.HoldOuts()) out += line(hold_out);
    const std::size_t all = words.headline()->channels.size();
    if (all > kMostChannelsShown)
      out += line("And " + CountInWords(static_cast<double>(all - kMostChannelsShown)) +
                  " more channels: --format csv has all.");
    out += line(words.Check());
    if (const ModelCredit* markov = credits.Find("markov"); markov != nullptr && markov->conversion_rate) {
      out += "\n" +
             line("Markov: " + ShareInWords(*markov->conversion_rate) +
                  " of journeys convert; of these conversions so much is lost when a channel leads "
                  "nowhere:") +
             (markdown ? "\n" : "") + table(RemovalRows(*markov, words));
    }
  }
  for (const ModelCredit& model : credits.models) {
    if (!model.channels.empty()) continue;
    out += line(model.id +
                (model.state == ModelCredit::State::kTooLittle ? ": too little data, " : ": not here, ") +
                model.reason + ".");
  }
  out += "\n" + line("How it was counted:");
  for (const std::string& note : words.Notes()) out += (markdown ? "- " : "  ") + line(note);
  return out;
}

}  // namespace backcast
