// SPDX-License-Identifier: Apache-2.0
#include "demo/exports.h"
#include "demo/ga4.h"

namespace backcast::demo {
namespace {

/// The tool counts bots as visitors that are always new and never engaged.
std::vector<std::string> Row(std::vector<std::string> row, const SiteCell& cell) {
  for (const std::int64_t value : {cell.sessions + cell.bots, cell.engaged, cell.users + cell.bots,
                                   cell.new_users + cell.bots, cell.carts, cell.checkouts, cell.orders})
    row.push_back(Whole(value));
  row.push_back(Money(cell.revenue));
  row.push_back(Whole(cell.opt_ins + cell.leads + cell.orders));
  return row;
}

std::string Report(const World& world, const Window& window) {
  Csv csv({"Date", "Session source / medium", "Session campaign", "Session default channel group", "Country",
           "Sessions", "Engaged sessions", "Total users", "New users", "Add to carts", "Checkouts",
           "Ecommerce purchases", "Total revenue", "Key events"},
          Csv::Quotes::kNeeded, Ga4Preamble("Tannhoop", "Tannhoop shop", window));
  SiteCell sum;
  const auto first = static_cast<int>((window.from - world.start).count());
  std::vector<std::vector<std::string>> rows;
  for (int day = first; day < first + window.days(); ++day) {
    for (std::size_t s = 0; s < world.streams.size(); ++s) {
      const Stream& stream = world.streams[s];
      for (int country = 0; country < kAllCountries; ++country) {
        const SiteCell& cell = world.Cell(day, static_cast<int>(s), country);
        if (cell.sessions + cell.bots == 0) continue;
        sum += cell;
        rows.push_back(
            Row({Compact(world.At(day)), std::string(stream.source) + " / " + std::string(stream.medium),
                 std::string(stream.campaign), std::string(stream.ga_group),
                 std::string(kCountries[static_cast<std::size_t>(country)])},
                cell));
      }
    }
  }
  sum.users = sum.users * 71 / 100;  // people of the whole quarter: fewer than the days together
  csv.Row(Row({"Grand total", "", "", "", ""}, sum));
  for (const auto& row : rows) csv.Row(row);
  return csv.text();
}

}  // namespace

DemoFiles ExportSite(const World& world) {
  DemoFiles files;
  for (const Window& quarter : Quarters(WholeHistory(world)))
    files.push_back({Ga4Path(quarter), Report(world, quarter)});
  return files;
}

}  // namespace backcast::demo
