// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <map>

#include "demo/exports.h"

namespace backcast::demo {
namespace {

const std::vector<std::string>& Header() {
  static const std::vector<std::string> header = [] {
    std::vector<std::string> names = {"Name",
                                      "Email",
                                      "Financial Status",
                                      "Paid at",
                                      "Fulfillment Status",
                                      "Fulfilled at",
                                      "Accepts Marketing",
                                      "Currency",
                                      "Subtotal",
                                      "Shipping",
                                      "Taxes",
                                      "Total",
                                      "Discount Code",
                                      "Discount Amount",
                                      "Shipping Method",
                                      "Created at",
                                      "Lineitem quantity",
                                      "Lineitem name",
                                      "Lineitem price",
                                      "Lineitem compare at price",
                                      "Lineitem sku",
                                      "Lineitem requires shipping",
                                      "Lineitem taxable",
                                      "Lineitem fulfillment status"};
    for (const std::string kind : {"Billing", "Shipping"})
      for (const char* part : {"Name", "Street", "Address1", "Address2", "Company", "City", "Zip", "Province",
                               "Country", "Phone"})
        names.push_back(kind + " " + part);
    for (const char* name :
         {"Notes", "Note Attributes", "Cancelled at", "Payment Method", "Payment Reference",
          "Refunded Amount", "Vendor", "Outstanding Balance", "Employee", "Location", "Device ID", "Id",
          "Tags", "Risk Level", "Source", "Lineitem discount"})
      names.emplace_back(name);
    for (int i = 1; i <= 5; ++i) {
      names.push_back("Tax " + std::to_string(i) + " Name");
      names.push_back("Tax " + std::to_string(i) + " Value");
    }
    for (const char* name :
         {"Phone", "Receipt Number", "Duties", "Billing Province Name", "Shipping Province Name",
          "Payment ID", "Payment Terms Name", "Next Payment Due At", "Payment References"})
      names.emplace_back(name);
    return names;
  }();
  return header;
}

std::size_t Column(const std::string& name) {
  static const std::map<std::string, std::size_t> columns = [] {
    std::map<std::string, std::size_t> made;
    for (std::size_t i = 0; i < Header().size(); ++i) made[Header()[i]] = i;
    return made;
  }();
  return columns.at(name);
}

std::string Status(const Order& order) {
  if (order.cancelled) return "refunded";
  if (order.refunded == 0) return "paid";
  return order.refunded >= order.total - order.shipping ? "refunded" : "partially_refunded";
}

/// The shop's script keeps the tags of the link, or names the network when a link had none.
std::string Attributes(const World& world, const Order& order) {
  const Stream& stream = world.streams[static_cast<std::size_t>(order.stream)];
  const bool social = static_cast<int>(stream.channel) < kPlatforms;
  const std::string source(social ? BrandParameters().channels[static_cast<std::size_t>(stream.channel)].id
                                  : stream.source);
  std::string text =
      "utm_source: " + source + "\nutm_medium: " + std::string(social ? "social" : stream.medium);
  const bool tagged = stream.medium == "social" || stream.medium == "paid_social" || stream.medium == "cpc" ||
                      stream.medium == "email";
  const std::string_view campaign = order.campaign.empty() ? stream.campaign : order.campaign;
  if (tagged) text += "\nutm_campaign: " + std::string(campaign);
  return text;
}

class Row {
 public:
  Row() : cells_(Header().size()) {}
  Row& Set(const std::string& column, std::string value) {
    cells_[Column(column)] = std::move(value);
    return *this;
  }
  const std::vector<std::string>& cells() const { return cells_; }

 private:
  std::vector<std::string> cells_;
};

void SetOrder(Row& row, const World& world, const Order& order, const Person& buyer) {
  static constexpr std::array<std::string_view, 3> kTowns = {"Bremen", "Linz", "Chur"};
  static constexpr std::array<std::string_view, 3> kZips = {"'28195", "'4020", "'7000"};
  const Day day = world.At(order.day);
  const std::string paid = WithOffset(day, order.minute, order.number % 60);
  const auto country = static_cast<std::size_t>(order.country);
  const std::string name = buyer.first + " " + buyer.last;
  row.Set("Financial Status", Status(order))
      .Set("Paid at", paid)
      .Set("Accepts Marketing", order.first ? "no" : "yes");
  row.Set("Fulfillment Status", order.cancelled ? "unfulfilled" : "fulfilled").Set("Currency", "EUR");
  if (!order.cancelled)
    row.Set("Fulfilled at", WithOffset(day + std::chrono::days{1}, 600 + order.number % 300, 12));
  row.Set("Subtotal", Money(order.goods - order.discount)).Set("Shipping", Money(order.shipping));
  row.Set("Taxes", Money(order.tax)).Set("Total", Money(order.total));
  row.Set("Discount Code", std::string(order.code)).Set("Discount Amount", Money(order.discount));
  row.Set("Shipping Method", "Standard");
  for (const std::string kind : {"Billing ", "Shipping "}) {
    row.Set(kind + "Name", name).Set(kind + "Street", "Musterweg 1").Set(kind + "Address1", "Musterweg 1");
    row.Set(kind + "City", std::string(kTowns[country])).Set(kind + "Zip", std::string(kZips[country]));
    row.Set(kind + "Country", std::string(kCountryCodes[country]));
  }
  if (!order.source_lost) row.Set("Note Attributes", Attributes(world, order));
  if (order.cancelled) row.Set("Cancelled at", WithOffset(day, std::min(1439, order.minute + 90), 5));
  row.Set("Payment Method", "Shopify Payments")
      .Set("Payment Reference", "c" + std::to_string(77000000 + order.number));
  row.Set("Refunded Amount", Money(order.refunded)).Set("Outstanding Balance", "0.00");
  row.Set("Id", std::to_string(5900000000000 + std::int64_t{order.number} * 32768)).Set("Risk Level", "Low");
  row.Set("Source", "web").Set("Tax 1 Name", "VAT 19%").Set("Tax 1 Value", Money(order.tax));
  row.Set("Payment References", "c" + std::to_string(77000000 + order.number));
}

void SetLine(Row& row, const Order& order, const OrderLine& line) {
  const Product& product = Products()[static_cast<std::size_t>(line.product)];
  row.Set("Lineitem quantity", Whole(line.quantity)).Set("Lineitem name", std::string(product.name));
  row.Set("Lineitem price", Money(line.price)).Set("Lineitem sku", std::string(product.sku));
  row.Set("Lineitem requires shipping", "true").Set("Lineitem taxable", "true");
  row.Set("Lineitem fulfillment status", order.cancelled ? "pending" : "fulfilled").Set("Vendor", "Tannhoop");
  row.Set("Lineitem discount", "0.00");
}

/// What was paid back, on the day it was: the export of orders knows only how much. Kept by hand, as a shop
/// would from its list of payments.
DemoFile Refunds(const World& world) {
  std::vector<const Order*> paid_back;
  for (const Order& order : world.orders) {
    if (order.refund_day >= 0 && order.refunded > 0) paid_back.push_back(&order);
  }
  std::stable_sort(paid_back.begin(), paid_back.end(),
                   [](const Order* a, const Order* b) { return a->refund_day < b->refund_day; });
  Csv csv({"event_id", "order_id", "date", "kind", "amount", "currency"});
  for (const Order* order : paid_back) {
    const std::string name = "#" + std::to_string(order->number);
    csv.Row({name + (order->cancelled ? "-c" : "-r"), name, ToIso(world.At(order->refund_day)),
             order->cancelled ? "cancel" : "refund", "-" + Money(order->refunded), "EUR"});
  }
  return {"exports/shopify/refunds-" + ToIso(world.At(world.days - 1)) + ".csv", csv.text()};
}

}  // namespace

DemoFiles ExportShop(const World& world) {
  Csv csv(Header());
  for (auto order = world.orders.rbegin(); order != world.orders.rend(); ++order) {  // newest first
    const Person buyer = PersonOf(order->customer);
    bool first = true;
    for (const OrderLine& line : order->lines) {
      Row row;
      row.Set("Name", "#" + std::to_string(order->number)).Set("Email", buyer.email);
      row.Set("Created at", WithOffset(world.At(order->day), order->minute, order->number % 60));
      if (first) SetOrder(row, world, *order, buyer);
      SetLine(row, *order, line);
      csv.Row(row.cells());
      first = false;
    }
  }
  return {{"exports/shopify/orders_export_1.csv", csv.text()}, Refunds(world)};
}

}  // namespace backcast::demo
