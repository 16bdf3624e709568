#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/framework/runtime/function.hpp>
#include <xgrad/models/losses/loss.hpp>
#include <xgrad/ops/binary_crossentropy.hpp>
#include <xgrad/ops/categorical_crossentropy.hpp>
#include <xgrad/ops/cosine_similarity.hpp>
#include <xgrad/ops/hinge.hpp>
#include <xgrad/ops/huber.hpp>
#include <xgrad/ops/kl_divergence.hpp>
#include <xgrad/ops/mean_absolute_error.hpp>
#include <xgrad/ops/mean_squared_error.hpp>
#include <xgrad/ops/poisson.hpp>
#include <xgrad/ops/sparse_categorical_crossentropy.hpp>
#include <xgrad/ops/subtract.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"
#include "../elements.hpp"

using namespace xgrad;
using test::check_error;
using test::elements;

BOOST_AUTO_TEST_SUITE(losses)

BOOST_AUTO_TEST_CASE(names_and_functions_are_the_same_losses) {
  const auto target = constant(sample_values({4, 3}, 0.1, 0.9).cast(DType::float32));
  const auto prediction = constant(sample_values({4, 3}, 0.1, 0.9, 1).cast(DType::float32));
  const auto check_same = [&](const Loss& named, const Loss& given, const char* name) {
    BOOST_TEST(named.name() == name);
    BOOST_TEST(given.name() == name);
    BOOST_TEST(elements(eval(named(target, prediction))) == elements(eval(given(target, prediction))),
               boost::test_tools::per_element());
  };
  check_same("categorical_crossentropy", categorical_crossentropy, "categorical_crossentropy");
  check_same("binary_crossentropy", binary_crossentropy, "binary_crossentropy");
  check_same("mean_squared_error", mean_squared_error, "mean_squared_error");
  check_same("mean_absolute_error", mean_absolute_error, "mean_absolute_error");
  check_same("huber", huber, "huber");
  check_same("kl_divergence", kl_divergence, "kl_divergence");
  check_same("hinge", hinge, "hinge");
  check_same("squared_hinge", squared_hinge, "squared_hinge");
  check_same("categorical_hinge", categorical_hinge, "categorical_hinge");
  check_same("cosine_similarity", cosine_similarity, "cosine_similarity");
  check_same("poisson", poisson, "poisson");
  BOOST_TEST(elements(eval(Loss("mae")(target, prediction))) == elements(eval(mean_absolute_error(target, prediction))),
             boost::test_tools::per_element());
  BOOST_TEST(Loss("sparse_categorical_crossentropy").name() == Loss(sparse_categorical_crossentropy).name());
  BOOST_TEST(elements(eval(Loss("mse")(target, prediction))) == elements(eval(mean_squared_error(target, prediction))),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(targets_have_the_type_the_loss_wants) {
  const TensorType output{DType::float32, {batch, 7, 10}};
  BOOST_TEST(Loss("mse").target_type(output).to_string() == "float32 (batch, 7, 10)");
  BOOST_TEST(Loss(sparse_categorical_crossentropy).target_type(output).to_string() == "int32 (batch, 7)");
  const Loss own(
      "own", [](const Tensor& target, const Tensor&) { return target; }, TargetKind::labels);
  BOOST_TEST(own.target_type(output).to_string() == "int32 (batch, 7)");
  const Loss difference = [](const Tensor& target, const Tensor& prediction) { return target - prediction; };
  BOOST_TEST(difference.target_type(output).to_string() == "float32 (batch, 7, 10)");
}

BOOST_AUTO_TEST_CASE(mistakes_are_named) {
  check_error<ValueError>([] { Loss("crossentropy"); },
                          "loss: unknown name 'crossentropy'; expected one of binary_crossentropy, "
                          "categorical_crossentropy, categorical_hinge, cosine_similarity, "
                          "hinge, huber, kl_divergence, mean_absolute_error, mae, "
                          "mean_squared_error, mse, poisson, poisson_nll, "
                          "smooth_l1, sparse_categorical_crossentropy, squared_hinge");
  check_error<ShapeError>(
      [] {
        Loss(sparse_categorical_crossentropy).target_type({DType::float32, {batch}});
      },
      "sparse_categorical_crossentropy: expected a model output of shape (batch, classes), but got (batch,)");
}

BOOST_AUTO_TEST_SUITE_END()
