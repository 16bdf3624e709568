// Exponentials that would overflow, and probabilities that underflow.

#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/xgrad.hpp>

#include <boost/test/unit_test.hpp>

#include "at_point.hpp"
#include "derivatives.hpp"
#include "reference.hpp"
#include <cmath>
#include <limits>
#include <numbers>

using namespace xgrad;
using test::at_point;
using test::derivatives;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr DType floats[] = {DType::float32, DType::float64};

using Values = std::vector<double>;

Array column(const xt::xtensor<double, 1>& values, DType dtype) {
  const auto rows = static_cast<std::int64_t>(values.size());
  return Array(values).cast(dtype).reshaped({rows, 1});
}

void check_finite(const Values& values) {
  for (double value : values) BOOST_TEST(std::isfinite(value));
}

const xt::xarray<double> extreme{{1e4, 0, -1e4}, {-1e4, -1e4, 1e4}, {1e4, 1e4, 1e4}};

}  // namespace

BOOST_AUTO_TEST_SUITE(stability)

BOOST_AUTO_TEST_CASE(angles_of_small_and_large_sides) {
  for (auto dtype : floats) {
    const bool is_float = dtype == DType::float32;
    const double smallest = is_float ? std::numeric_limits<float>::min() : std::numeric_limits<double>::min();
    const double largest = is_float ? std::numeric_limits<float>::max() : std::numeric_limits<double>::max();
    const auto angle = [&](double y, double x) {
      return at_point([](auto sides) { return arctan2(sides[0], sides[1]); }, {y, x}, dtype).value;
    };
    for (const double side : {smallest, 2 * smallest, largest / 2, largest}) {
      BOOST_TEST(angle(side, side) == std::numbers::pi / 4, boost::test_tools::tolerance(1e-6));
      BOOST_TEST(angle(side, 0) == std::numbers::pi / 2, boost::test_tools::tolerance(1e-6));
    }
  }
}

// The mean of many equal numbers is rounded, and a mean that is large is rounded by as much as rows vary.
BOOST_AUTO_TEST_CASE(rows_of_large_or_equal_numbers_are_standardized) {
  for (auto dtype : floats) {
    const double first = dtype == DType::float32 ? 1e7 : 4e15;
    for (const std::int64_t count : {3, 4, 37, 1000, 3000}) {
      const auto x = input({2, count}, "x", dtype);
      auto standardized = compile({x}, {standardize(x)});
      xt::xarray<double> values = xt::zeros<double>({std::int64_t{2}, count});
      double mean = 0, squares = 0;
      for (std::int64_t i = 0; i < count; ++i) {
        values(0, i) = 0.1;
        values(1, i) = first + static_cast<double>(i % 4);
        mean += static_cast<double>(i % 4) / static_cast<double>(count);
      }
      for (std::int64_t i = 0; i < count; ++i) squares += std::pow(static_cast<double>(i % 4) - mean, 2);
      const double deviation = std::sqrt(squares / static_cast<double>(count) + 1e-5);
      const auto result = standardized(Array(values).cast(dtype))[0].cast(DType::float64);
      const auto received = result.data<double>();
      for (std::int64_t i = 0; i < count; ++i) {
        BOOST_TEST(received[static_cast<std::size_t>(i)] == 0);
        const double expected = (static_cast<double>(i % 4) - mean) / deviation;
        BOOST_TEST(std::abs(received[static_cast<std::size_t>(count + i)] - expected) < 1e-5);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(elementwise_at_large_arguments) {
  for (auto dtype : floats) {
    const auto check = [&](const test::PointFunction& function, double x, double value, double first) {
      const auto at = at_point(function, {x}, dtype);
      BOOST_TEST(at.value == value);
      BOOST_TEST(at.first == first);
      BOOST_TEST(at.second == 0);
    };
    check([](auto x) { return sigmoid(x[0]); }, 1e4, 1, 0);
    check([](auto x) { return sigmoid(x[0]); }, -1e4, 0, 0);
    check([](auto x) { return tanh(x[0]); }, 1e4, 1, 0);
    check([](auto x) { return tanh(x[0]); }, -1e4, -1, 0);
    check([](auto x) { return softplus(x[0]); }, 1e4, 1e4, 1);
    check([](auto x) { return softplus(x[0]); }, -1e4, 0, 0);
    for (bool approximate : {false, true}) {
      check([=](auto x) { return gelu(x[0], approximate); }, 1e4, 1e4, 1);
      check([=](auto x) { return gelu(x[0], approximate); }, -1e4, 0, 0);
    }
    for (const double large : {1e20, infinity}) {
      for (Tensor (*activation)(const Tensor&) : {static_cast<Tensor (*)(const Tensor&)>(gelu), silu, mish}) {
        const double rounded = at_point([](auto x) { return x[0] * 1.0; }, {large}, dtype).value;
        check([=](auto x) { return activation(x[0]); }, large, rounded, 1);
        check([=](auto x) { return activation(x[0]); }, -large, 0, 0);
      }
    }
    check([](auto x) { return erf(x[0]); }, 1e4, 1, 0);
    check([](auto x) { return erfc(x[0]); }, -1e4, 2, 0);
    check([](auto x) { return log(sigmoid(x[0])); }, 1e4, 0, 0);
    check([](auto x) { return log(sigmoid(x[0])); }, -1e4, -1e4, 1);
  }
}

BOOST_AUTO_TEST_CASE(gelu_does_not_cancel_below_zero) {
  const double expected = -2.5 * std::erfc(5 / std::sqrt(2.0));
  for (auto dtype : floats) {
    const double value = test::Plain(eval(gelu(scalar(-5, dtype)))).values[0];
    BOOST_TEST(std::abs(value / expected - 1) < 1e-5);
  }
}

BOOST_AUTO_TEST_CASE(normalizations_of_samples_far_from_zero) {
  const xt::xarray<double> row{{10'000, 10'001, 10'002, 10'003}};
  const xt::xarray<double> column = xt::transpose(row);
  const auto ones = [](int count, DType dtype) { return ones_like(input({count}, {}, dtype)); };
  const auto zeros = [](int count, DType dtype) { return zeros_like(input({count}, {}, dtype)); };
  for (auto dtype : floats) {
    const auto across = constant(Array(row).cast(dtype));
    const auto down = constant(Array(column).cast(dtype));
    for (const auto& tensor :
         {layer_norm(across, ones(4, dtype), zeros(4, dtype)), group_norm(across, 1, ones(4, dtype), zeros(4, dtype)),
          batch_norm(down, ones(1, dtype), zeros(1, dtype))}) {
      const auto values = test::Plain(eval(tensor)).values;
      for (std::size_t i = 0; i < values.size(); ++i) {
        BOOST_TEST(std::abs(values[i] - (static_cast<double>(i) - 1.5) / std::sqrt(1.25 + 1e-5)) < 1e-6);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(softmax_of_large_logits) {
  for (auto dtype : floats) {
    const auto result = derivatives([](const Tensor& z) { return square(softmax(z)); }, Array(extreme).cast(dtype));
    const double ninth = 1.0 / 9;
    const Values expected{1, 0, 0, 0, 0, 1, ninth, ninth, ninth};
    for (std::size_t i = 0; i < expected.size(); ++i) BOOST_TEST(std::abs(result.value[i] - expected[i]) < 1e-7);
    check_finite(result.first);
    check_finite(result.second);
  }
}

BOOST_AUTO_TEST_CASE(log_of_softmax_of_large_logits) {
  for (auto dtype : floats) {
    for (const auto& function :
         {std::function<Tensor(const Tensor&)>([](const Tensor& z) { return log_softmax(z); }),
          std::function<Tensor(const Tensor&)>([](const Tensor& z) { return log(softmax(z)); })}) {
      const auto result = derivatives(function, Array(extreme).cast(dtype));
      const double third = -std::log(3.0);
      const Values expected{0, -1e4, -2e4, -2e4, -2e4, 0, third, third, third};
      for (std::size_t i = 0; i < expected.size(); ++i) BOOST_TEST(std::abs(result.value[i] - expected[i]) < 1e-6);
      check_finite(result.first);
      check_finite(result.second);
    }
  }
}

BOOST_AUTO_TEST_CASE(logsumexp_of_large_and_infinite_elements) {
  for (auto dtype : floats) {
    const auto result = derivatives([](const Tensor& z) { return logsumexp(z, 1); }, Array(extreme).cast(dtype));
    BOOST_TEST(result.value[0] == 1e4);
    BOOST_TEST(result.value[1] == 1e4);
    BOOST_TEST(std::abs(result.value[2] - (1e4 + std::log(3.0))) < 1e-3);
    BOOST_TEST(result.first[0] == 1);
    check_finite(result.first);
    check_finite(result.second);
    const xt::xarray<double> infinite{{-infinity, -infinity}, {infinity, 0}, {-infinity, 2}};
    const auto values = test::Plain(eval(logsumexp(constant(Array(infinite).cast(dtype)), 1))).values;
    BOOST_TEST(values[0] == -infinity);
    BOOST_TEST(values[1] == infinity);
    BOOST_TEST(values[2] == 2);
  }
}

BOOST_AUTO_TEST_CASE(crossentropies_of_softmax_of_large_logits) {
  for (auto dtype : floats) {
    const Tensor target = constant(Array(xt::xarray<double>{{1, 0, 0}, {1, 0, 0}, {0, 1, 0}}).cast(dtype));
    const Tensor labels = constant(xt::xarray<int>{0, 0, 1});
    const std::function<Tensor(const Tensor&)> losses[] = {
        [&](const Tensor& z) { return categorical_crossentropy(target, softmax(z)); },
        [&](const Tensor& z) { return categorical_crossentropy(target, z, {.from_logits = true}); },
        [&](const Tensor& z) { return sparse_categorical_crossentropy(labels, softmax(z)); },
        [&](const Tensor& z) { return sparse_categorical_crossentropy(labels, z, {.from_logits = true}); },
    };
    for (const auto& loss : losses) {
      const auto result = derivatives(loss, Array(extreme).cast(dtype));
      BOOST_TEST(result.value[0] == 0);
      BOOST_TEST(result.value[1] == 2e4);
      BOOST_TEST(std::abs(result.value[2] - std::log(3.0)) < 1e-6);
      const double third = 1.0 / 3;
      const Values gradient{0, 0, 0, -1, 0, 1, third, third - 1, third};
      for (std::size_t i = 0; i < gradient.size(); ++i) BOOST_TEST(std::abs(result.first[i] - gradient[i]) < 1e-6);
      check_finite(result.second);
    }
  }
}

BOOST_AUTO_TEST_CASE(binary_crossentropy_of_sigmoid_of_large_logits) {
  for (auto dtype : floats) {
    const Tensor target = constant(column({1, 0, 1, 0, 0}, dtype));
    const Array logits = column({1e4, -1e4, -1e4, 1e4, 0}, dtype);
    for (bool from_logits : {true, false}) {
      const auto loss = [&](const Tensor& z) {
        return from_logits ? binary_crossentropy(target, z, {.from_logits = true})
                           : binary_crossentropy(target, sigmoid(z));
      };
      const auto result = derivatives(loss, logits);
      const Values value{0, 0, 1e4, 1e4, std::log(2.0)};
      const Values gradient{0, 0, -1, 1, 0.5};
      for (std::size_t i = 0; i < value.size(); ++i) {
        BOOST_TEST(std::abs(result.value[i] - value[i]) < 1e-6);
        BOOST_TEST(std::abs(result.first[i] - gradient[i]) < 1e-6);
      }
      check_finite(result.second);
    }
  }
}

BOOST_AUTO_TEST_CASE(crossentropies_keep_plain_probabilities_off_0_and_1) {
  for (auto dtype : floats) {
    const auto constant_of = [&](xt::xarray<double> values) { return constant(Array(values).cast(dtype)); };
    const Tensor target = constant_of({{1, 0, 0}, {0, 1, 0}});
    const Tensor prediction = constant_of({{0, 0, 2}, {0, 2, 0}});  // scaled to sum to 1
    const auto categorical = test::Plain(eval(categorical_crossentropy(target, prediction))).values;
    BOOST_TEST(std::abs(categorical[0] + std::log(1e-7)) < 1e-5);
    BOOST_TEST(std::abs(categorical[1] + std::log(1 - 1e-7)) < 1e-7);
    const Tensor truth = constant(column({1, 0, 1}, dtype));
    const auto binary = test::Plain(eval(binary_crossentropy(truth, constant(column({0, 1, 1}, dtype))))).values;
    BOOST_TEST(std::abs(binary[0] + std::log(1e-7)) < 1e-5);
    BOOST_TEST(std::abs(binary[1] + std::log(1e-7)) < 0.2);  // 1 - (1 - 1e-7) keeps one digit in float32
    BOOST_TEST(std::abs(binary[2]) < 2e-7);
  }
}

BOOST_AUTO_TEST_SUITE_END()
