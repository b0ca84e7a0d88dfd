// SPDX-License-Identifier: Apache-2.0
// The one picture: the first outcome on a line from its start to its target, better to the right, and below
// it the few things it rests on, the weak one marked with its owner.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "report/executive.h"
#include "report/hostile.h"
#include "report/html_parts.h"
#include "report/phrases.h"
#include "report/sentences.h"
#include "report/svg.h"

namespace backcast {
namespace {

constexpr double kWidth = 960, kLeft = 8, kRight = kWidth - 8, kTrack = 92, kBus = 142, kBoxes = 160,
                 kGap = 16;
constexpr double kLabel = 13, kBold = 14;  // bold letters are wider than their size says
constexpr double kBox = 132;

/// Numbers to pixels; where lower is better the axis is turned, so that the way to the target is to the
/// right.
class Scale {
 public:
  explicit Scale(const Picture& picture) {
    double low = std::numeric_limits<double>::infinity(), high = -low;
    for (const std::optional<double>& value : {std::optional(picture.now), std::optional(picture.target),
                                               picture.low, picture.high, picture.expected, picture.start}) {
      if (!value || !std::isfinite(*value)) continue;
      low = std::min(low, *value);
      high = std::max(high, *value);
    }
    const bool turned =
        picture.start ? picture.target < *picture.start : picture.outcome->direction == "lower";
    from_ = turned ? high : low;
    to_ = turned ? low : high;
  }

  double At(double value) const {
    const double width = to_ / 2 - from_ / 2;  // halves, so that the difference of two extremes is finite
    const double share = width == 0 ? 0.5 : (value / 2 - from_ / 2) / width;
    return kLeft + std::clamp(share, 0.0, 1.0) * (kRight - kLeft);
  }

 private:
  double from_ = 0, to_ = 0;
};

/// A label around `x` that stays on the page.
std::string Label(double x, double y, std::string_view css_class, const std::string& words) {
  const std::vector<std::string> fitted = FitLines(words, kRight - kLeft, kLabel, 1);
  if (fitted.empty()) return "";
  const double half = TextWidth(fitted[0]) * kLabel / 2;
  const double middle = std::clamp(x, kLeft + half, std::max(kLeft + half, kRight - half));
  return fmt::format("<text x=\"{:.1f}\" y=\"{:g}\" class=\"label middle {}\">{}</text>", middle, y,
                     css_class, EscapeHtml(fitted[0]));
}

std::string Mark(std::string_view css_class, double x, double from, double to) {
  return fmt::format("<path class=\"{}\" d=\"M{:.1f} {:g}V{:g}\"/>", css_class, x, from, to);
}

std::string VerdictClass(const ScoreLine& line) {
  static constexpr std::string_view kClasses[] = {"none", "met", "likely", "open", "missed"};
  return "v-" + std::string(line.weakest ? "weakest" : kClasses[static_cast<std::size_t>(line.verdict)]);
}

std::string Track(const Picture& picture) {
  const Scale scale(picture);
  const PictureLabels labels = LabelsOf(picture);
  std::string svg = fmt::format("<path class=\"track\" d=\"M{:g} {:g}H{:g}\"/>", kLeft, kTrack, kRight);
  if (picture.low && picture.high) {
    const double a = scale.At(*picture.low), b = scale.At(*picture.high);
    svg +=
        fmt::format("<rect class=\"band\" x=\"{:.1f}\" y=\"{:g}\" width=\"{:.1f}\" height=\"14\" rx=\"3\"/>",
                    std::min(a, b), kTrack - 7, std::max(1.0, std::abs(b - a)));
  }
  // Start and target share a row; where they stand too close for both, the start's number is in the words
  // alone.
  if (picture.start) {
    const double start = scale.At(*picture.start);
    svg += Mark("base-line", start, 50, kTrack + 8);
    const double needed = (TextWidth(labels.start) + TextWidth(labels.target)) * kLabel + kGap;
    if (std::abs(scale.At(picture.target) - start) > needed) svg += Label(start, 44, "far", labels.start);
  }
  svg += Mark("goal-mark", scale.At(picture.target), 50, kTrack + 8) +
         Label(scale.At(picture.target), 44, "", labels.target);
  if (picture.expected) {
    const double x = scale.At(*picture.expected);
    svg += Mark("due-mark", x, 72, kTrack + 8) +
           fmt::format("<path class=\"due\" d=\"M{:.1f} {:g}l5 6l-5 6l-5 -6z\"/>", x, kTrack - 6) +
           Label(x, 66, "far", labels.expected);
  }
  const double now = scale.At(picture.now);
  svg += fmt::format("<circle class=\"dot\" cx=\"{:.1f}\" cy=\"{:g}\" r=\"7\"/>", now, kTrack);
  std::string words = labels.now;
  if (picture.outcome->verdict != Verdict::kNone) words += " " + VerdictPhrase(picture.outcome->verdict);
  return svg + Label(now, 122, "strong-words " + VerdictClass(*picture.outcome), words);
}

/// One box: title, number, verdict in shape and word, owner.
std::string Part(const ScoreLine& line, double x, double width, double height) {
  const double inner = width - 24;
  std::string svg = fmt::format("<g><path class=\"edge{0}\" d=\"M{1:.1f} {2:g}V{3:g}\"/>",
                                line.weakest ? " strong" : "", x + width / 2, kBoxes, kBus);
  svg += fmt::format(
      "<rect class=\"part{}\" x=\"{:.1f}\" y=\"{:g}\" width=\"{:.1f}\" height=\"{:g}\" rx=\"6\"/>",
      line.weakest ? " strong" : "", x + 1, kBoxes, width - 2, height);
  if (!line.value.value)
    svg += fmt::format(
        "<rect class=\"none\" fill=\"url(#hatch)\" x=\"{:.1f}\" y=\"{:g}\" width=\"{:.1f}\" height=\"{:g}\" "
        "rx=\"5\"/>",
        x + 2, kBoxes + 1, width - 4, height - 2);
  double y = kBoxes + 24;
  for (const std::string& row : FitLines(TitleOf(line), inner, kBold, 2)) {
    svg += SvgText(x + 12, y, "name", row);
    y += 16;
  }
  y = kBoxes + 64;
  const std::string value = ValuePhrase(line.value, true);
  svg += SvgText(x + 12, y, line.value.value ? "value" : "state", value);
  if (line.verdict != Verdict::kNone)
    svg += SvgText(x + 12, y + 20, "mark " + VerdictClass(line), VerdictPhrase(line.verdict));
  const std::vector<std::string> owner = FitLines(OwnerOf(line), inner - 14, 12, 2);
  y += 40;
  if (!owner.empty())
    svg += fmt::format("<circle class=\"owner-dot\" cx=\"{:.1f}\" cy=\"{:g}\" r=\"3.5\"/>", x + 16, y - 4);
  for (const std::string& row : owner) {
    svg += SvgText(x + 25, y, "small", row);
    y += 16;
  }
  if (line.weakest) {
    const std::string tag(Say("chain.weakest"));
    const double tab = TextWidth(tag) * 11 + 16;
    svg +=
        fmt::format("<rect class=\"tab\" x=\"{:.1f}\" y=\"{:g}\" width=\"{:.1f}\" height=\"18\" rx=\"4\"/>",
                    x + width - tab - 10, kBoxes - 10, tab) +
        SvgText(x + width - 18, kBoxes + 3, "tab-name", tag);
  }
  return svg + "</g>";
}

std::string Parts(const Picture& picture) {
  if (picture.parts.empty()) return "";
  const auto count = static_cast<double>(picture.parts.size());
  const double width = std::min(280.0, (kRight - kLeft - kGap * (count - 1)) / count);
  const double last = kLeft + (width + kGap) * (count - 1) + width / 2;
  std::string svg =
      fmt::format("<path class=\"edge\" d=\"M{:.1f} {:g}H{:.1f}\"/>", kLeft + width / 2, kBus, last);
  double x = kLeft;
  for (const ScoreLine* part : picture.parts) {
    svg += Part(*part, x, width, kBox);
    x += width + kGap;
  }
  return svg;
}

}  // namespace

std::string HtmlPicture(const Scorecard& card) {
  const std::optional<Picture> picture = PictureOf(card);
  if (!picture) return "";
  const std::vector<std::string> words = PictureInWords(card);
  std::string spoken, list;
  for (const std::string& line : words) {
    spoken += (spoken.empty() ? "" : "; ") + line;
    list += "<li dir=\"auto\">" + EscapeHtml(line) + "</li>";
  }
  const double height = picture->parts.empty() ? 136 : kBoxes + kBox + 4;
  const std::vector<std::string> title = FitLines(TitleOf(*picture->outcome), kRight - kLeft, 17, 1);
  std::string svg = fmt::format(
      "<svg class=\"picture\" role=\"img\" aria-labelledby=\"picture-title picture-desc\" width=\"{0:g}\" "
      "height=\"{1:g}\" viewBox=\"0 0 {0:g} {1:g}\"><title id=\"picture-title\">{2}</title><desc "
      "id=\"picture-desc\">{3}</desc>",
      kWidth, height, EscapeHtml(TitleOf(*picture->outcome)), EscapeHtml(spoken));
  if (!title.empty()) svg += SvgText(kLeft, 18, "picture-name", title[0]);
  svg += Track(*picture) + Parts(*picture) + "</svg>";
  return "<div class=\"first-picture\">" + svg + "<ul class=\"picture-words\">" + list + "</ul></div>";
}

}  // namespace backcast
