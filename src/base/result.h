// SPDX-License-Identifier: Apache-2.0
// The one way a Backcast function fails: doors between rooms return Result; nothing throws across one.
#pragma once

#include <cassert>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace backcast {

/// Why something failed; the command line turns it into an exit code (docs/contract: 2, 3, 4, 5, 6, 130).
enum class Code : std::uint8_t {
  kUsage,        ///< the request itself is wrong: unknown option, unknown metric
  kInput,        ///< the plan or a file cannot be used
  kUnavailable,  ///< storage, engine or network trouble; nothing is half-written
  kInternal,     ///< a bug in Backcast
  kTooLittle,    ///< too little data for the question asked
  kInterrupted,  ///< the user said stop
};

/// A sentence in three parts, printed as "where: what; hint".
/// Example: plan.yaml:12:5: unknown metric 'reech'; did you mean 'reach'?
struct Error {
  Code code = Code::kInternal;
  std::string where;  ///< file:line:column, as far as known; may be empty
  std::string what;   ///< what is wrong
  std::string hint;   ///< what to do; may be empty
};

/// "where: what; hint" without the parts that are empty.
std::string ToSentence(const Error& error);

/// A T or an Error. Dropping one does not compile. Reading the wrong side is a bug and asserts.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: implicit on purpose
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit on purpose

  bool ok() const { return state_.index() == 0; }
  const T& value() const& {
    assert(ok());
    return *std::get_if<0>(&state_);
  }
  T& value() & {
    assert(ok());
    return *std::get_if<0>(&state_);
  }
  T value() && {
    assert(ok());
    return std::move(*std::get_if<0>(&state_));
  }
  const Error& error() const {
    assert(!ok());
    return *std::get_if<1>(&state_);
  }

 private:
  std::variant<T, Error> state_;
};

/// The value of a Result that has nothing to say.
struct Done {};

}  // namespace backcast

#define BACKCAST_JOIN_(a, b) a##b
#define BACKCAST_JOIN(a, b) BACKCAST_JOIN_(a, b)

/// BACKCAST_TRY(auto x, Open(path)); — x is the value, or the enclosing function returns the error.
#define BACKCAST_TRY(declaration, expression)                                                  \
  auto BACKCAST_JOIN(result_, __LINE__) = (expression);                                        \
  if (!BACKCAST_JOIN(result_, __LINE__).ok()) return BACKCAST_JOIN(result_, __LINE__).error(); \
  declaration = std::move(BACKCAST_JOIN(result_, __LINE__)).value()

/// BACKCAST_CHECK(Commit()); — goes on when it worked, returns the error when not.
#define BACKCAST_CHECK(expression)                                         \
  do {                                                                     \
    auto backcast_check_result = (expression);                             \
    if (!backcast_check_result.ok()) return backcast_check_result.error(); \
  } while (false)
