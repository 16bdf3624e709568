// Means, variances and what is standardized, where a rounded mean or squares beyond the range of the dtype go wrong.

#include <xgrad/xgrad.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <vector>

using namespace xgrad;

namespace {

using Values = std::vector<double>;
using Statistic = std::function<Tensor(const Tensor& x)>;

/// `values` as a constant of shape (1, n).
Tensor row(const Values& values, DType dtype) {
  Array array(DType::float64, {1, static_cast<std::int64_t>(values.size())});
  std::copy(values.begin(), values.end(), array.data<double>().begin());
  return constant(array.cast(dtype));
}

Values computed(const Tensor& tensor) {
  const Array array = eval(tensor).cast(DType::float64);
  return {array.data<double>().begin(), array.data<double>().end()};
}

void check(const Tensor& received, const Values& expected, double tolerance) {
  const auto values = computed(received);
  BOOST_TEST_REQUIRE(values.size() == expected.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const bool is_close = std::abs(values[i] - expected[i]) <= tolerance * std::max(1.0, std::abs(expected[i]));
    BOOST_TEST(is_close, "element " << i << ": expected " << expected[i] << ", but got " << values[i]);
  }
}

struct Named {
  std::string name;
  Statistic of;
};

Tensor numbers(std::int64_t count, double number, DType dtype) { return broadcast_to(scalar(number, dtype), {count}); }

/// Everything that standardizes, of the elements of a row: the mean becomes 0 and the standard deviation 1.
std::vector<Named> standardized() {
  const auto size = [](const Tensor& x) { return x.shape()[1].value(); };
  return {
      {"standardize", [](const Tensor& x) { return standardize(x); }},
      {"layer_norm",
       [=](const Tensor& x) { return layer_norm(x, numbers(size(x), 1, x.dtype()), numbers(size(x), 0, x.dtype())); }},
      {"group_norm",
       [](const Tensor& x) {
         return group_norm(reshape(x, {1, 1, infer_dim}), 1, numbers(1, 1, x.dtype()), numbers(1, 0, x.dtype()));
       }},
      {"instance_norm",
       [](const Tensor& x) {
         return instance_norm(reshape(x, {1, 1, infer_dim}), numbers(1, 1, x.dtype()), numbers(1, 0, x.dtype()));
       }},
      {"batch_norm, rows",
       [](const Tensor& x) { return batch_norm(x, numbers(1, 1, x.dtype()), numbers(1, 0, x.dtype()), 0); }},
      {"batch_norm, columns",
       [](const Tensor& x) {
         return batch_norm(reshape(x, {infer_dim, 1}), numbers(1, 1, x.dtype()), numbers(1, 0, x.dtype()));
       }},
      {"batch_norm, images",
       [](const Tensor& x) {
         return batch_norm(reshape(x, {infer_dim, 1, 1, 1}), numbers(1, 1, x.dtype()), numbers(1, 0, x.dtype()), -1);
       }},
  };
}

/// A statistic of rows, of columns and of all.
std::vector<Named> along_all(const std::function<Tensor(const Tensor& x, const Axes& axes)>& statistic) {
  return {{"all", [=](const Tensor& x) { return statistic(x, {}); }},
          {"rows", [=](const Tensor& x) { return statistic(x, 1); }},
          {"columns",
           [=](const Tensor& x) {
             return statistic(reshape(x, {infer_dim, 1}), 0);
           }},
          {"two axes", [=](const Tensor& x) {
             return statistic(reshape(x, {infer_dim, 1, 2}), {0, 2});
           }}};
}

/// A mean that is large beside the differences of four elements, which are steps of the last place.
struct Large {
  DType dtype;
  double mean;
  double step;
};
const std::vector<Large> large{
    {DType::float32, 1e7, 1}, {DType::float32, 1.7e9, 128}, {DType::float64, 1e16, 2}, {DType::float32, -3e12, 262144}};

Values stairs(const Large& at) { return {at.mean, at.mean + at.step, at.mean + 2 * at.step, at.mean + 3 * at.step}; }

}  // namespace

BOOST_AUTO_TEST_SUITE(normalization)

BOOST_AUTO_TEST_CASE(variances_do_not_lose_what_the_mean_is_rounded_by) {
  for (const auto& at : large) {
    for (const auto& [name, of] : along_all([](const Tensor&x, const Axes&axes) { return var(x, axes); })) {
      BOOST_TEST_CONTEXT("mean " << at.mean << ", " << name) {
        const auto x = row(stairs(at), at.dtype);
        check(of(x), {1.25 * at.step * at.step}, 1e-6);
        const auto slope = gradients(sum(of(x)), {x})[0];
        check(slope, {-0.75 * at.step, -0.25 * at.step, 0.25 * at.step, 0.75 * at.step}, 1e-6);
        check(gradients(sum(slope * row({1, 0, 0, 0}, at.dtype)), {x})[0], {0.375, -0.125, -0.125, -0.125}, 1e-6);
        check(jvp({of(x)}, {x}, {row({1, 0, 0, 0}, at.dtype)})[0], {-0.75 * at.step}, 1e-6);
      }
    }
    for (const auto& [name, of] : along_all([](const Tensor&x, const Axes&axes) { return xgrad::std(x, axes); })) {
      BOOST_TEST_CONTEXT("deviation, mean " << at.mean << ", " << name) {
        const auto x = row(stairs(at), at.dtype);
        const double deviation = std::sqrt(1.25);
        check(of(x), {deviation * at.step}, 1e-6);
        check(gradients(sum(of(x)), {x})[0],
              {-0.375 / deviation, -0.125 / deviation, 0.125 / deviation, 0.375 / deviation}, 1e-6);
      }
    }
    for (const auto& [name, of] : standardized()) {
      BOOST_TEST_CONTEXT(name << ", mean " << at.mean) {
        const double deviation = std::sqrt(1.25 + 1e-5 / at.step / at.step);
        const auto x = row(stairs(at), at.dtype);
        check(of(x), {-1.5 / deviation, -0.5 / deviation, 0.5 / deviation, 1.5 / deviation}, 1e-6);
        // (c - mean(c) - n * mean(c * n)) / s for the first element.
        const double s = deviation * at.step;
        const auto slope = [&](double c, double n) { return (c - 0.25 + n * 0.375 / deviation) / s; };
        check(gradients(sum(reshape(of(x), {4}) * reshape(row({1, 0, 0, 0}, at.dtype), {4})), {x})[0],
              {slope(1, -1.5 / deviation), slope(0, -0.5 / deviation), slope(0, 0.5 / deviation),
               slope(0, 1.5 / deviation)},
              1e-6);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(of_equal_elements_there_is_nothing_left) {
  const std::vector<Large> constants{
      {DType::float32, 50000.3, 0}, {DType::float32, 1.7e9, 0}, {DType::float64, 5e15 / 3, 0}};
  for (const auto& at : constants) {
    std::size_t wrong = 0;
    for (std::size_t count = 2; count < 400; ++count) {
      const auto x = row(Values(count, at.mean), at.dtype);
      std::vector<Tensor> outputs{var(x), xgrad::std(x), var(reshape(x, {infer_dim, 1}), 0)};
      if (count % 7 == 3 || count < 12) {  // compiled: each takes its time
        for (const auto& [name, of] : standardized()) outputs.push_back(of(x));
      } else {
        outputs.push_back(standardized()[0].of(x));
        outputs.push_back(standardized()[5].of(x));
      }
      for (const auto& array : compile({}, outputs)()) {
        const Array values = array.cast(DType::float64);
        for (const double value : values.data<double>()) wrong += !(std::abs(value) < 1e-3);
      }
    }
    BOOST_TEST(wrong == 0u, "of " << at.mean << ", " << wrong << " elements are not 0");
  }
}

BOOST_AUTO_TEST_CASE(squares_may_leave_the_range_of_the_dtype) {
  for (const auto& [dtype, size] : std::vector<std::pair<DType, double>>{
           {DType::float32, 1e20}, {DType::float32, 8e37}, {DType::float64, 1e200}, {DType::float64, 4e307}}) {
    const auto x = row({-size, size}, dtype);
    for (const auto& [name, of] : standardized()) {
      BOOST_TEST_CONTEXT(name << " of " << size) {
        check(of(x), {-1, 1}, 1e-6);
        if (1 / size < 1e-300 || (dtype == DType::float32 && 1 / size < 1e-36)) continue;  // slopes of that size
        // Of two elements, all that is left of a change is nothing.
        const auto slope = computed(gradients(sum(reshape(of(x), {2}) * reshape(row({1, 0}, dtype), {2})), {x})[0]);
        for (const double value : slope) BOOST_TEST(std::abs(value * size) < 1e-6);
      }
    }
    BOOST_TEST_CONTEXT("std of " << size) {
      check(xgrad::std(x), {size}, 1e-6);
      check(gradients(xgrad::std(x), {x})[0], {-0.5, 0.5}, 1e-6);
    }
  }
}

BOOST_AUTO_TEST_CASE(sums_may_leave_the_range_of_the_dtype_where_means_do_not) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const auto& [dtype, large] :
       std::vector<std::pair<DType, double>>{{DType::float32, 3e38}, {DType::float64, 1.5e308}}) {
    for (const std::int64_t count : {2, 3, 4, 31, 64, 1000, 5000}) {
      BOOST_TEST_CONTEXT(to_string(dtype) << ", " << count << " elements") {
        const auto size = static_cast<std::size_t>(count);
        const auto x = row(Values(size, large), dtype);
        Values mixed(size, large);
        for (std::size_t i = 0; i < size / 2; ++i) mixed[i] = -large;
        const double mixed_mean = count % 2 == 0 ? 0 : large / static_cast<double>(count);
        const auto both = row(mixed, dtype);
        for (const auto& [name, of] : std::vector<Named>{
                 {"mean", [](const Tensor& x) { return mean(x); }},
                 {"mean of rows", [](const Tensor& x) { return mean(x, 1); }},
                 {"mean of columns",
                  [](const Tensor& x) {
                    return mean(reshape(x, {infer_dim, 1}), 0);
                  }},
                 {"mean, axes kept",
                  [](const Tensor& x) {
                    return mean(reshape(x, {infer_dim, 1, 1}), {0, 2}, true);
                  }},
                 {"nanmean", [](const Tensor& x) { return nanmean(x); }},
                 {"median", [](const Tensor& x) { return median(x); }},
                 {"global_average_pool",
                  [](const Tensor& x) {
                    return global_average_pool(reshape(x, {1, infer_dim, 1}));
                  }},
                 {"average_pool1d",
                  [=](const Tensor& x) {
                    return average_pool1d(reshape(x, {1, infer_dim, 1}), count);
                  }},
                 {"adaptive_average_pool1d",
                  [](const Tensor& x) {
                    return adaptive_average_pool1d(reshape(x, {1, infer_dim, 1}), 1);
                  }},
             }) {
          BOOST_TEST_CONTEXT(name) {
            check(of(x), {large}, 1e-6);
            if (name == "median") continue;
            check(gradients(sum(of(x)), {x})[0], Values(size, 1.0 / static_cast<double>(count)), 1e-6);
            BOOST_TEST(std::abs(computed(of(both))[0] - mixed_mean) <= large * 1e-5);
          }
        }
        check(var(x), {0}, 0);
        check(xgrad::std(x), {0}, 0);
        for (const auto& [name, of] : standardized()) {
          BOOST_TEST_CONTEXT(name) { check(of(x), Values(size, 0), 0); }
        }
        Values some(size, large);
        some[0] = nan;
        const auto partly = row(some, dtype);
        check(nanmean(partly), {large}, 1e-6);
        Values slope(size, 1.0 / static_cast<double>(count - 1));
        slope[0] = 0;
        check(gradients(nanmean(partly), {partly})[0], slope, 1e-6);
      }
    }
    const double infinity = std::numeric_limits<double>::infinity();
    BOOST_TEST(computed(mean(row({large, infinity}, dtype)))[0] == infinity);
    BOOST_TEST(std::isnan(computed(mean(row({-infinity, infinity}, dtype)))[0]));
  }
}

BOOST_AUTO_TEST_SUITE_END()
