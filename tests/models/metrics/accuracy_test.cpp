#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/models/losses/loss.hpp>
#include <xgrad/models/metrics/accuracy.hpp>
#include <xgrad/models/metrics/metric.hpp>
#include <xgrad/ops/mean_absolute_error.hpp>
#include <xgrad/ops/mean_squared_error.hpp>
#include <xgrad/ops/sigmoid.hpp>
#include <xgrad/ops/softmax.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"
#include "../elements.hpp"

using namespace xgrad;
using test::check_error;
using test::elements;

namespace {

using Values = std::vector<double>;

Values values(const Tensor& tensor) {
  BOOST_TEST((tensor.dtype() == DType::float32));
  return elements(eval(tensor));
}

Array column(const xt::xarray<float>& values) {
  return Array(values).reshaped({static_cast<std::int64_t>(values.size()), 1});
}

const auto probabilities = constant(xt::xarray<float>{{0.1f, 0.7f, 0.2f}, {0.5f, 0.5f, 0.0f}, {0.2f, 0.3f, 0.5f}});

}  // namespace

BOOST_AUTO_TEST_SUITE(accuracies)

BOOST_AUTO_TEST_CASE(categorical_compares_the_places_of_the_largest) {
  const auto target = constant(xt::xarray<float>{{0, 1, 0}, {0, 1, 0}, {0, 0, 1}});
  BOOST_TEST(values(accuracy(target, probabilities)) == (Values{1, 0, 1}), boost::test_tools::per_element());
  BOOST_TEST(values(categorical_accuracy(target, probabilities)) == (Values{1, 0, 1}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(sparse_compares_with_the_label) {
  for (const auto dtype : {DType::int32, DType::int64, DType::uint8}) {
    const auto target = constant(Array(xt::xarray<std::int64_t>{1, 0, 0}).cast(dtype));
    BOOST_TEST(values(accuracy(target, probabilities)) == (Values{1, 1, 0}), boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(binary_rounds) {
  const auto prediction = constant(column({0.2f, 0.5f, 0.51f, 0.9f}));
  const auto target = constant(column({0, 1, 1, 0}));
  BOOST_TEST(values(accuracy(target, prediction)) == (Values{1, 0, 1, 0}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(of_several_labels_is_binary) {
  const auto target = constant(xt::xarray<float>{{1, 0, 1}, {0, 0, 1}});
  const auto logits = constant(xt::xarray<float>{{2, -1, 3}, {1, -1, 2}});
  BOOST_TEST(values(accuracy(target, sigmoid(logits))) == (Values{1, 1, 1, 0, 1, 1}), boost::test_tools::per_element());
  BOOST_TEST(values(accuracy(target, softmax(logits))) == (Values{0, 1}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(every_loss_is_a_metric_by_name) {
  const auto target = constant(xt::xarray<float>{{1, 0, 1}, {0, 0, 1}});
  const auto labels = constant(xt::xarray<int>{2, 1});
  const auto prediction = constant(xt::xarray<float>{{0.5f, 0.25f, 0.5f}, {0.125f, 0.5f, 0.25f}});
  for (const auto name : Loss::names()) {
    const Loss loss(name);
    const auto& of = loss.target_kind() == TargetKind::labels ? labels : target;
    BOOST_TEST(Metric(name).name() == loss.name());
    BOOST_TEST(elements(eval(Metric(name)(of, prediction))) == elements(eval(loss(of, prediction))),
               boost::test_tools::per_element());
  }
  BOOST_TEST(Metric("mae").name() == "mean_absolute_error");
  BOOST_TEST(Metric("Huber").name() == "huber");
  BOOST_TEST(Metric(mean_absolute_error).name() == "mean_absolute_error");
}

BOOST_AUTO_TEST_CASE(accuracies_agree_with_loops_on_many_samples) {
  constexpr std::int64_t samples = 500;
  constexpr std::int64_t classes = 7;
  const auto prediction = sample_values({samples, classes}, 0, 1, 1);
  const auto target = sample_values({samples, classes}, 0, 1, 2);
  const auto largest = [](const Array& array, std::int64_t row) {
    const auto of_row = array.data<double>().subspan(static_cast<std::size_t>(row * classes), classes);
    return std::max_element(of_row.begin(), of_row.end()) - of_row.begin();
  };
  const auto received = values(accuracy(constant(target), constant(prediction)));
  double right = 0;
  for (std::int64_t row = 0; row < samples; ++row) {
    BOOST_TEST(received[static_cast<std::size_t>(row)] == (largest(prediction, row) == largest(target, row)));
    right += received[static_cast<std::size_t>(row)];
  }
  BOOST_TEST(right > 0);
  BOOST_TEST(right < samples);
}

BOOST_AUTO_TEST_CASE(metrics_have_the_names_of_keras) {
  BOOST_TEST(Metric("accuracy").name() == "acc");
  BOOST_TEST(Metric("acc").name() == "acc");
  BOOST_TEST(Metric(accuracy).name() == "acc");
  BOOST_TEST(Metric("mse").name() == "mean_squared_error");
  BOOST_TEST(Metric(mean_squared_error).name() == "mean_squared_error");
  BOOST_TEST(Metric("top", accuracy).name() == "top");
  check_error<ValueError>([] { Metric("acuracy"); },
                          "metric: unknown name 'acuracy'; expected one of acc, accuracy, binary_accuracy");
}

BOOST_AUTO_TEST_SUITE_END()
