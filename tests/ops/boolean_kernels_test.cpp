// Kernels that read or write booleans, beside a loop over single elements: for every number of elements up to a few
// vectors, wherever the elements begin.

#include <xgrad/framework/core/elementwise.hpp>
#include <xgrad/ops/cast.hpp>
#include <xgrad/ops/comparison.hpp>
#include <xgrad/ops/isfinite.hpp>
#include <xgrad/ops/logical.hpp>
#include <xgrad/ops/where.hpp>

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <cstring>
#include <limits>
#include <tuple>
#include <vector>

using namespace xgrad;

namespace {

constexpr std::size_t most = 70;
constexpr std::size_t offsets[] = {0, 1, 3};
constexpr std::size_t elements = most + 3;
constexpr auto guard = std::byte{0xa5};

using ElementTypes = std::tuple<float, double, std::int32_t, std::int64_t, std::uint8_t, bool>;

/// Bytes of elements that begin at a multiple of their size.
template <class T>
struct Elements {
  Elements() : bytes(elements * sizeof(T)) {}
  void set(std::size_t index, T value) { std::memcpy(&bytes[index * sizeof(T)], &value, sizeof(T)); }
  T operator[](std::size_t index) const {
    T value;
    std::memcpy(&value, &bytes[index * sizeof(T)], sizeof(T));
    return value;
  }
  std::vector<std::byte> bytes;
};

/// Numbers of which every pair stands side by side in some place, special ones among them.
template <class T>
Elements<T> numbers(std::size_t turn) {
  std::vector<T> values{T(0), T(1), T(2), T(100)};
  if constexpr (std::is_signed_v<T>) values.insert(values.end(), {T(-1), T(-100)});
  if constexpr (std::is_floating_point_v<T>) {
    constexpr T infinity = std::numeric_limits<T>::infinity();
    constexpr T none = std::numeric_limits<T>::quiet_NaN();
    values.insert(values.end(), {T(-0.0), infinity, -infinity, none, -none, std::numeric_limits<T>::max(), T(0.5)});
  }
  Elements<T> result;
  for (std::size_t i = 0; i < elements; ++i) result.set(i, values[(i + i / values.size() * turn) % values.size()]);
  return result;
}

struct Operand {
  template <class T>
  Operand(const Elements<T>& of) : data(of.bytes.data()), size(sizeof(T)) {}
  const std::byte* data;
  std::size_t size;
};

/// Holds the kernel of the tensor's operator to `expected(i)` for element i of the operands.
template <class Expected>
void check(const Tensor& tensor, const std::vector<Operand>& operands, Expected expected) {
  using Output = decltype(expected(0));
  const auto& node = tensor.node();
  BOOST_TEST_CONTEXT(node.op().name() << " of " << to_string(node.inputs().back().dtype())) {
    std::vector<DType> dtypes;
    for (const auto& input : node.inputs()) dtypes.push_back(input.dtype());
    const auto kernel = dynamic_cast<const Elementwise&>(node.op()).kernel(dtypes);
    BOOST_REQUIRE(tensor.dtype() == dtype_of<Output>);
    for (std::size_t offset : offsets) {
      std::vector<const std::byte*> inputs;
      for (const auto& operand : operands) inputs.push_back(operand.data + offset * operand.size);
      for (std::size_t count = 0; count <= most; ++count) {
        std::vector<std::byte> output((count + 2) * sizeof(Output), guard);
        std::byte* begin = output.data() + sizeof(Output);
        kernel(inputs.data(), &begin, count);
        for (std::size_t i = 0; i < count; ++i) {
          const Output value = expected(offset + i);
          BOOST_REQUIRE_MESSAGE(std::memcmp(begin + i * sizeof(Output), &value, sizeof(Output)) == 0,
                                "element " << i << " of " << count << " from " << offset);
        }
        for (std::size_t i = 0; i < sizeof(Output); ++i) {
          BOOST_REQUIRE(output[i] == guard && output[output.size() - 1 - i] == guard);
        }
      }
    }
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(boolean_kernels)

BOOST_AUTO_TEST_CASE_TEMPLATE(comparisons, T, ElementTypes) {
  const auto left = numbers<T>(0);
  const auto right = numbers<T>(1);
  const auto x = input({most}, "x", dtype_of<T>);
  const auto y = input({most}, "y", dtype_of<T>);
  const std::vector<Operand> both{left, right};
  check(equal(x, y), both, [&](std::size_t i) { return left[i] == right[i]; });
  check(not_equal(x, y), both, [&](std::size_t i) { return left[i] != right[i]; });
  check(less(x, y), both, [&](std::size_t i) { return left[i] < right[i]; });
  check(less_equal(x, y), both, [&](std::size_t i) { return left[i] <= right[i]; });
  check(greater(x, y), both, [&](std::size_t i) { return left[i] > right[i]; });
  check(greater_equal(x, y), both, [&](std::size_t i) { return left[i] >= right[i]; });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(logic, T, ElementTypes) {
  const auto left = numbers<T>(0);
  const auto right = numbers<T>(1);
  const auto x = input({most}, "x", dtype_of<T>);
  const auto y = input({most}, "y", dtype_of<T>);
  check(logical_and(x, y), {left, right}, [&](std::size_t i) { return left[i] != 0 && right[i] != 0; });
  check(logical_or(x, y), {left, right}, [&](std::size_t i) { return left[i] != 0 || right[i] != 0; });
  check(logical_xor(x, y), {left, right}, [&](std::size_t i) { return (left[i] != 0) != (right[i] != 0); });
  check(logical_not(x), {left}, [&](std::size_t i) { return left[i] == 0; });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(kinds_of_numbers, T, ElementTypes) {
  const auto values = numbers<T>(0);
  const auto x = input({most}, "x", dtype_of<T>);
  check(isnan(x), {values}, [&](std::size_t i) { return std::isnan(static_cast<double>(values[i])); });
  check(isinf(x), {values}, [&](std::size_t i) { return std::isinf(static_cast<double>(values[i])); });
  check(isfinite(x), {values}, [&](std::size_t i) { return std::isfinite(static_cast<double>(values[i])); });
}

BOOST_AUTO_TEST_CASE_TEMPLATE(choices, T, ElementTypes) {
  const auto condition = numbers<bool>(1);
  const auto left = numbers<T>(0);
  const auto right = numbers<T>(1);
  const auto tensor = where(input({most}, "condition", DType::boolean), input({most}, "x", dtype_of<T>),
                            input({most}, "y", dtype_of<T>));
  check(tensor, {condition, left, right}, [&](std::size_t i) { return condition[i] ? left[i] : right[i]; });

  // The result may take the place of an operand.
  for (const bool first : {true, false}) {
    auto x = left;
    auto y = right;
    auto& written = first ? x : y;
    const std::byte* inputs[] = {condition.bytes.data(), x.bytes.data(), y.bytes.data()};
    const auto kernel = dynamic_cast<const Elementwise&>(tensor.node().op())
                            .kernel(std::vector{DType::boolean, dtype_of<T>, dtype_of<T>});
    std::byte* output = written.bytes.data();
    kernel(inputs, &output, elements);
    for (std::size_t i = 0; i < elements; ++i) {
      const T expected = condition[i] ? left[i] : right[i];
      const T value = written[i];
      BOOST_REQUIRE(std::memcmp(&value, &expected, sizeof(T)) == 0);
    }
  }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(casts, T, ElementTypes) {
  if constexpr (!std::is_same_v<T, bool>) {
    const auto booleans = numbers<bool>(1);
    check(cast(input({most}, "x", DType::boolean), dtype_of<T>), {booleans},
          [&](std::size_t i) { return static_cast<T>(booleans[i]); });
    const auto values = numbers<T>(0);
    check(cast(input({most}, "x", dtype_of<T>), DType::boolean), {values},
          [&](std::size_t i) { return static_cast<bool>(values[i]); });
  }
}

BOOST_AUTO_TEST_SUITE_END()
