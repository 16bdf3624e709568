// Every integer option of every registered operator at values that no array has: an error of xgrad's own, or the right
// result, soon and in little memory.

#include <xgrad/framework/autodiff/broadcast.hpp>
#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/leaf.hpp>
#include <xgrad/framework/runtime/function.hpp>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>
#include <sys/resource.h>

#include "integer_options.hpp"
#include <algorithm>
#include <cmath>
#include <ctime>
#include <fstream>
#include <limits>
#include <new>
#include <optional>
#include <stdexcept>

using namespace xgrad;
using namespace xgrad::test;

namespace {

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t two_to(int exponent) { return std::int64_t{1} << exponent; }

// Small ones, and those whose products with sizes, sums with them or negatives leave 64 bits or those of an int.
const std::vector<std::int64_t> hostile{
    0,          -1,         two_to(30),      two_to(31) - 1, two_to(31), two_to(32),  two_to(32) + 1, two_to(45),
    two_to(61), two_to(62), most / 2 + 2,    most - 1,       most,       -two_to(30), -two_to(31),    -two_to(31) - 1,
    least / 2,  least + 1,  -two_to(32) - 1, least};

bool is_extreme(std::int64_t value) { return value > two_to(20) || value < -two_to(20); }

/// While it lives, memory beyond `bytes` more than there is now is refused.
class MemoryLimit {
 public:
  explicit MemoryLimit([[maybe_unused]] std::int64_t bytes) {
#if !defined(XGRAD_SANITIZED)
    getrlimit(RLIMIT_DATA, &before_);
    auto limit = before_;
    limit.rlim_cur = static_cast<rlim_t>(data_bytes() + bytes);
    setrlimit(RLIMIT_DATA, &limit);
#endif
  }
  ~MemoryLimit() {
#if !defined(XGRAD_SANITIZED)
    setrlimit(RLIMIT_DATA, &before_);
#endif
  }
  MemoryLimit(const MemoryLimit&) = delete;
  MemoryLimit& operator=(const MemoryLimit&) = delete;

 private:
  static std::int64_t data_bytes() {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;) {
      if (word != "VmData:") continue;
      std::int64_t kilobytes = 0;
      status >> kilobytes;
      return kilobytes * 1024;
    }
    return 0;
  }

  [[maybe_unused]] rlimit before_{};  // a sanitizer takes more memory than can be allowed
};

struct Built {
  Built(const IntegerOption& use, std::int64_t value) {
    for (const auto& shape : use.shapes) {
      inputs.push_back(constant(sample_values(shape, -2, 2, static_cast<int>(inputs.size()))));
    }
    outputs.push_back(use.build(inputs, value));
    if (inputs.empty() || !is_floating(outputs[0].dtype())) return;
    const std::vector<Tensor> ones{ones_like(outputs[0])};
    const auto gradients = vjp(outputs, ones, inputs);
    outputs.insert(outputs.end(), gradients.begin(), gradients.end());
  }

  /// Of the largest of all tensors that the value and the gradients are made of.
  double bytes() const {
    double result = 0;
    for (const auto& node : nodes_below(outputs)) {
      for (const auto& type : node->outputs()) {
        double bytes = static_cast<double>(size_of(type.dtype));
        for (const auto size : type.shape) bytes *= static_cast<double>(std::max<std::int64_t>(size.value(), 1));
        result = std::max(result, bytes);
      }
    }
    return result;
  }

  std::vector<Tensor> inputs;
  std::vector<Tensor> outputs;
};

/// What the operator makes of the value: nothing when it refuses.
std::optional<Built> build(const IntegerOption& use, std::int64_t value) {
  try {
    return Built(use, value);
  } catch (const MemoryError&) {
    throw;
  } catch (const Error&) {
    return std::nullopt;
  }
}

std::optional<std::vector<Array>> results(const Built& built) {
  try {
    return compile({}, built.outputs)();
  } catch (const MemoryError&) {
    throw;
  } catch (const Error&) {
    return std::nullopt;
  }
}

/// A result that is too large to be computed has the shape that smaller ones announce: sizes are straight lines.
void check_shape(const IntegerOption& use, std::int64_t value, const Tensor& result) {
  const auto low = build(use, 32);
  const auto high = build(use, 33);
  if (!low || !high) throw std::logic_error("takes the value and refuses 32 or 33");
  for (std::size_t axis = 0; axis < result.rank(); ++axis) {
    const auto first = low->outputs[0].shape()[axis].value();
    const auto slope = high->outputs[0].shape()[axis].value() - first;
    BOOST_TEST(result.shape()[axis].value() == first + (value - 32) * slope);
  }
}

void check_same(const std::vector<Array>& expected, const std::vector<Array>& received) {
  for (std::size_t i = 0; i < expected.size(); ++i) {
    BOOST_TEST(to_string(expected[i].shape()) == to_string(received[i].shape()));
    if (expected[i].shape() != received[i].shape()) continue;
    const Array a = expected[i].cast(DType::float64);
    const Array b = received[i].cast(DType::float64);
    for (std::size_t j = 0; j < a.size(); ++j) {
      const double right = a.data<double>()[j];
      const double other = b.data<double>()[j];
      BOOST_TEST((right == other || (std::isnan(right) && std::isnan(other))),
                 "output " << i << ", element " << j << ": expected " << right << ", but got " << other);
    }
  }
}

void check(const IntegerOption& use, std::int64_t value) {
  const auto built = build(use, value);
  if (!built) return;
  if (built->bytes() > 1 << 20) return check_shape(use, value, built->outputs[0]);
  const auto received = results(*built);
  if (!is_extreme(value) || !received) return;
  if (!use.same_as) throw std::logic_error("takes the value, which no small one is said to be the same as");
  const auto same = build(use, use.same_as(value));
  if (!same) throw std::logic_error(fmt::format("takes the value and refuses {}", use.same_as(value)));
  check_same(results(*same).value(), *received);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(hostile_sizes)

BOOST_AUTO_TEST_CASE(are_tried_for_every_integer_option_of_every_operator) {
  std::set<std::pair<std::string, std::string>> tried;
  for (const auto& use : integer_options()) tried.emplace(use.name, use.option);
  for (const auto& [entry, file] : registered_operators()) {
    for (const auto& parameter : parameters(entry.signature)) {
      BOOST_TEST((tried.contains({entry.name, parameter}) || is_no_integer(entry.name, parameter)),
                 entry.name << ": parameter '" << parameter << "' is neither in integer_options() nor known to be no "
                            << "integer");
      tried.erase({entry.name, parameter});
    }
  }
  for (const auto& [name, option] : tried) BOOST_ERROR(name << " has no parameter " << option);
}

BOOST_AUTO_TEST_CASE(are_refused_or_right) {
  const auto all = integer_options();
  for (std::size_t index = 0; index < all.size(); ++index) {
    const auto& use = all[index];
    BOOST_TEST_CONTEXT(use.name << ", use " << index << ", " << use.option) {
      check(use, 1);  // starts threads, and has libraries take the memory that they keep
      check(use, -1);
      for (const auto value : hostile) {
        BOOST_TEST_CONTEXT("value " << value) {
          const auto start = std::clock();
          try {
            const MemoryLimit limit(100 << 20);
            check(use, value);
          } catch (const MemoryError& error) {
            BOOST_ERROR(error.what());
          } catch (const std::bad_alloc&) {
            BOOST_ERROR("takes more than 100 MB");
          } catch (const std::exception& error) {
            BOOST_ERROR(error.what());  // not one of xgrad
          }
          const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
          BOOST_TEST(seconds < 1);
        }
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
