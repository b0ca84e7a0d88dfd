// SPDX-License-Identifier: Apache-2.0
#include "ingest/read/encoding.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "ingest/read/charset.h"

namespace backcast {
namespace {

using Byte = unsigned char;

/// Length of the character that begins at text[at], 0 when it is not valid there.
std::size_t CharacterLength(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) -> unsigned {
    return at + i < text.size() ? static_cast<Byte>(text[at + i]) : 0;
  };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xc0) == 0x80; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return follows(1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    if (!follows(1) || !follows(2)) return 0;
    if ((first == 0xe0 && byte(1) < 0xa0) || (first == 0xed && byte(1) > 0x9f)) return 0;
    return 3;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    if (!follows(1) || !follows(2) || !follows(3)) return 0;
    if ((first == 0xf0 && byte(1) < 0x90) || (first == 0xf4 && byte(1) > 0x8f)) return 0;
    return 4;
  }
  return 0;
}

/// First byte over 127 at or after `at`.
std::size_t SkipAscii(std::string_view text, std::size_t at) {
#if defined(__SSE2__)
  for (; at + 16 <= text.size(); at += 16) {
    const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    const int high = _mm_movemask_epi8(block);
    if (high != 0) return at + static_cast<std::size_t>(__builtin_ctz(static_cast<unsigned>(high)));
  }
#endif
  while (at < text.size() && static_cast<Byte>(text[at]) < 0x80) ++at;
  return at;
}

void AppendUtf8(std::string& out, std::uint32_t code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xc0 | code >> 6);
    out += static_cast<char>(0x80 | (code & 63));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xe0 | code >> 12);
    out += static_cast<char>(0x80 | (code >> 6 & 63));
    out += static_cast<char>(0x80 | (code & 63));
  } else {
    out += static_cast<char>(0xf0 | code >> 18);
    out += static_cast<char>(0x80 | (code >> 12 & 63));
    out += static_cast<char>(0x80 | (code >> 6 & 63));
    out += static_cast<char>(0x80 | (code & 63));
  }
}

/// A source whose text is made block by block: Decode appends what the next raw bytes mean.
class DecodingSource : public ByteSource {
 public:
  DecodingSource(std::unique_ptr<ByteSource> raw, std::string name)
      : raw_(std::move(raw)), name_(std::move(name)), input_(64 << 10) {}

  Result<std::size_t> Read(char* to, std::size_t room) override {
    while (given_ == text_.size()) {
      text_.clear();
      given_ = 0;
      if (ended_) return std::size_t{0};
      BACKCAST_TRY(const std::size_t got, raw_->Read(input_.data(), input_.size()));
      ended_ = got == 0;
      BACKCAST_CHECK(Decode({input_.data(), got}, ended_, text_));
    }
    const std::size_t take = std::min(room, text_.size() - given_);
    std::memcpy(to, text_.data() + given_, take);
    given_ += take;
    return take;
  }
  std::uint64_t position() const override { return raw_->position(); }
  std::uint64_t size() const override { return raw_->size(); }

 protected:
  virtual Result<Done> Decode(std::string_view raw, bool last, std::string& out) = 0;
  Error CutOff() const {
    return {Code::kInput, name_, "the text ends inside a character", "download or copy the file again"};
  }

 private:
  std::unique_ptr<ByteSource> raw_;
  std::string name_;
  std::vector<char> input_;
  std::string text_;
  std::size_t given_ = 0;
  bool ended_ = false;
};

class Utf16Source : public DecodingSource {
 public:
  Utf16Source(std::unique_ptr<ByteSource> raw, std::string name, bool big)
      : DecodingSource(std::move(raw), std::move(name)), high_byte_(big ? 0 : 1) {}

 protected:
  Result<Done> Decode(std::string_view raw, bool last, std::string& out) override {
    if (last) return odd_ >= 0 || lead_ != 0 ? Result<Done>(CutOff()) : Result<Done>(Done{});
    out.reserve(raw.size() * 3 / 2 + 8);
    std::size_t i = 0;
    if (odd_ >= 0) {
      const char pair[2] = {static_cast<char>(odd_), raw[0]};
      odd_ = -1;
      Unit(pair, out);
      i = 1;
    }
    for (; i + 1 < raw.size(); i += 2) Unit(raw.data() + i, out);
    if (i < raw.size()) odd_ = static_cast<Byte>(raw[i]);
    return Done{};
  }

 private:
  void Unit(const char* bytes, std::string& out) {
    const std::uint32_t unit = static_cast<std::uint32_t>(static_cast<Byte>(bytes[high_byte_])) << 8 |
                               static_cast<Byte>(bytes[1 - high_byte_]);
    if (lead_ != 0) {
      const std::uint32_t lead = lead_;
      lead_ = 0;
      if (unit >= 0xdc00 && unit < 0xe000) {
        AppendUtf8(out, 0x10000 + ((lead - 0xd800) << 10) + (unit - 0xdc00));
        return;
      }
      AppendUtf8(out, lead);  // half a pair: comes out as the three bytes that no valid UTF-8 has
    }
    if (unit >= 0xd800 && unit < 0xdc00) {
      lead_ = unit;
    } else {
      AppendUtf8(out, unit);
    }
  }

  int high_byte_;
  int odd_ = -1;
  std::uint32_t lead_ = 0;
};

class CharsetSource : public DecodingSource {
 public:
  CharsetSource(std::unique_ptr<ByteSource> raw, std::string name, std::unique_ptr<CharsetDecoder> decoder)
      : DecodingSource(std::move(raw), std::move(name)), decoder_(std::move(decoder)) {}

 protected:
  Result<Done> Decode(std::string_view raw, bool last, std::string& out) override {
    if (!decoder_->Append(raw, last, out)) return CutOff();
    return Done{};
  }

 private:
  std::unique_ptr<CharsetDecoder> decoder_;
};

/// UTF-16 without a mark shows as zero bytes at every other place.
std::string_view Utf16WithoutMark(std::string_view head) {
  const std::string_view part = head.substr(0, std::min<std::size_t>(head.size(), 4096) & ~std::size_t{1});
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < part.size(); ++i) zeros[i % 2] += part[i] == '\0';
  const std::size_t units = part.size() / 2;
  if (units < 4) return {};
  if (zeros[1] * 10 >= units * 4 && zeros[0] * 50 < units) return "UTF-16LE";
  if (zeros[0] * 10 >= units * 4 && zeros[1] * 50 < units) return "UTF-16BE";
  return {};
}

}  // namespace

std::size_t ValidUtf8(std::string_view text) {
  std::size_t at = 0;
  for (;;) {
    at = SkipAscii(text, at);
    if (at >= text.size()) return at;
    const std::size_t length = CharacterLength(text, at);
    if (length == 0) return at;
    at += length;
  }
}

bool IsAscii(std::string_view text) { return SkipAscii(text, 0) == text.size(); }

std::string Excerpt(std::string_view text, std::size_t most) {
  std::string excerpt;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = CharacterLength(text, at);
    if (excerpt.size() + std::max<std::size_t>(length, 1) > most) break;
    if (length > 1) {
      excerpt.append(text.substr(at, length));
    } else if (length == 1) {
      const Byte byte = static_cast<Byte>(text[at]);
      excerpt += byte < 0x20 || byte == 0x7f ? ' ' : static_cast<char>(byte);
    } else {
      excerpt += '?';
    }
    at += std::max<std::size_t>(length, 1);
  }
  return excerpt;
}

Result<Encoding> DetectEncoding(std::string_view head, bool whole, const std::string& name) {
  if (head.starts_with("\xef\xbb\xbf")) return Encoding{"UTF-8", false, 3};
  if (head.starts_with("\xff\xfe")) return Encoding{"UTF-16LE", false, 2};
  if (head.starts_with("\xfe\xff")) return Encoding{"UTF-16BE", false, 2};
  if (const std::string_view kind = BinaryKind(head); !kind.empty()) {
    return Error{Code::kInput, name, "is " + std::string(kind) + ", not a table", ""};
  }
  if (const std::string_view utf16 = Utf16WithoutMark(head); !utf16.empty()) {
    return Encoding{std::string(utf16), false, 0};
  }
  if (head.substr(0, 4096).find('\0') != head.npos) {
    return Error{Code::kInput, name, "holds zero bytes, so it is not a text and not a table",
                 "export it as CSV or XLSX"};
  }
  std::size_t characters = 0, faults = 0;
  for (std::size_t at = 0; (at = SkipAscii(head, at)) < head.size();) {
    const std::size_t length = CharacterLength(head, at);
    if (length == 0 && !whole && head.size() - at < 4) break;
    characters += length > 0;
    faults += length == 0;
    at += std::max<std::size_t>(length, 1);
  }
  if (faults == 0 || faults * 10 <= characters) return Encoding{};
  return Encoding{GuessCharset(head), true, 0};
}

Result<std::unique_ptr<ByteSource>> DecodeText(std::unique_ptr<ByteSource> bytes, const Encoding& encoding,
                                               const std::string& name) {
  if (encoding.mark > 0) bytes = OpenRange(std::move(bytes), encoding.mark, ~std::uint64_t{0});
  if (encoding.name == "UTF-8") return bytes;
  if (encoding.name == "UTF-16LE" || encoding.name == "UTF-16BE") {
    const bool big = encoding.name == "UTF-16BE";
    return std::unique_ptr<ByteSource>(std::make_unique<Utf16Source>(std::move(bytes), name, big));
  }
  auto decoder = CharsetDecoder::Open(encoding.name);
  if (!decoder)
    return Error{Code::kInput, name, "is written in " + encoding.name + ", which cannot be read here",
                 "save it as UTF-8"};
  return std::unique_ptr<ByteSource>(
      std::make_unique<CharsetSource>(std::move(bytes), name, std::move(decoder)));
}

}  // namespace backcast
