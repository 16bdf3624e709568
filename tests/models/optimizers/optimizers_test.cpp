#include <xgrad/framework/autodiff/gradients.hpp>
#include <xgrad/framework/core/error.hpp>
#include <xgrad/framework/core/registry.hpp>
#include <xgrad/models/optimizers/adam.hpp>
#include <xgrad/models/optimizers/optimizer.hpp>
#include <xgrad/models/optimizers/rmsprop.hpp>
#include <xgrad/models/optimizers/sgd.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/multiply.hpp>
#include <xgrad/ops/square.hpp>
#include <xgrad/ops/subtract.hpp>
#include <xgrad/ops/sum.hpp>

#include <boost/test/unit_test.hpp>

#include "../../check_error.hpp"
#include "../elements.hpp"
#include <cmath>
#include <functional>
#include <limits>
#include <utility>

using namespace xgrad;
using test::check_error;
using test::elements;

namespace {

using Values = std::vector<double>;

/// Minimises sum((w - 3)^2 * scale) from some w in `steps` steps: what w is after each.
std::vector<Values> trained(const Optimizer& optimizer, DType dtype, int steps) {
  const auto w = parameter(sample_values({3, 4}, -1, 1).cast(dtype), "w");
  const auto scale = constant(sample_values({3, 4}, 0.5, 2, 1).cast(dtype));
  const auto loss = sum(square(w - 3) * scale);
  const std::vector<Tensor> parameters{w};
  auto step = compile({}, {loss}, optimizer.updates(parameters, gradients(loss, parameters)));
  std::vector<Values> path;
  for (int t = 0; t < steps; ++t) {
    step(std::span<const ArrayRef>());
    path.push_back(elements(w.value()));
  }
  return path;
}

/// The same by loops in double. `rule` is made anew for each element, and takes weight, gradient and step from 1.
using Rule = std::function<double(double weight, double gradient, int step)>;
std::vector<Values> expected(const std::function<Rule()>& make_rule, DType dtype, int steps) {
  auto w = elements(sample_values({3, 4}, -1, 1).cast(dtype));
  const auto scale = elements(sample_values({3, 4}, 0.5, 2, 1).cast(dtype));
  std::vector<Rule> rules;
  for (std::size_t index = 0; index < w.size(); ++index) rules.push_back(make_rule());
  std::vector<Values> path;
  for (int t = 1; t <= steps; ++t) {
    for (std::size_t index = 0; index < w.size(); ++index) {
      w[index] = rules[index](w[index], 2 * (w[index] - 3) * scale[index], t);
    }
    path.push_back(w);
  }
  return path;
}

void check_paths(const Optimizer& optimizer, const std::function<Rule()>& rule) {
  constexpr int steps = 25;
  for (const auto& [dtype, tolerance] : {std::pair(DType::float64, 1e-12), std::pair(DType::float32, 2e-5)}) {
    const auto received = trained(optimizer, dtype, steps);
    const auto wanted = expected(rule, dtype, steps);
    for (int t = 0; t < steps; ++t) {
      for (std::size_t index = 0; index < wanted[t].size(); ++index) {
        BOOST_TEST_CONTEXT(to_string(dtype) << ", step " << t + 1 << ", element " << index) {
          BOOST_CHECK_SMALL(received[t][index] - wanted[t][index], tolerance);
        }
      }
    }
  }
}

std::function<Rule()> sgd_rule(double rate, double momentum, bool nesterov) {
  return [=] {
    return [=, velocity = 0.0](double w, double g, int) mutable {
      velocity = momentum * velocity - rate * g;
      return nesterov ? w + momentum * velocity - rate * g : w + velocity;
    };
  };
}

std::function<Rule()> rmsprop_rule(double rate, double rho, double epsilon) {
  return [=] {
    return [=, mean_square = 0.0](double w, double g, int) mutable {
      mean_square = rho * mean_square + (1 - rho) * g * g;
      return w - rate * g / (std::sqrt(mean_square) + epsilon);
    };
  };
}

std::function<Rule()> adam_rule(double rate, double beta_1, double beta_2, double epsilon) {
  return [=] {
    return [=, mean = 0.0, mean_square = 0.0](double w, double g, int t) mutable {
      mean = beta_1 * mean + (1 - beta_1) * g;
      mean_square = beta_2 * mean_square + (1 - beta_2) * g * g;
      const double corrected = rate * std::sqrt(1 - std::pow(beta_2, t)) / (1 - std::pow(beta_1, t));
      return w - corrected * mean / (std::sqrt(mean_square) + epsilon);
    };
  };
}

}  // namespace

BOOST_AUTO_TEST_SUITE(optimizers)

// Its square is infinity in float32, and so is the mean of squares from then on: steps are 0.
BOOST_AUTO_TEST_CASE(a_gradient_whose_square_is_infinite_stops_adaptive_steps) {
  for (const Optimizer& optimizer : {Optimizer(RMSprop{}), Optimizer(Adam{})}) {
    const auto w = parameter(xt::xarray<float>{1, 2}, "w");
    const auto slope = input({2}, "slope");
    const std::vector<Tensor> parameters{w};
    auto step = compile({slope}, {}, optimizer.updates(parameters, std::vector{slope}));
    step(xt::xarray<float>{1e20f, 1});
    const auto after_first = elements(w.value());
    BOOST_TEST(after_first[0] == 1);
    for (int t = 0; t < 3; ++t) step(xt::xarray<float>{1, 1});
    const auto last = elements(w.value());
    BOOST_TEST(last[0] == 1);
    BOOST_TEST(last[1] < after_first[1]);
  }
}

BOOST_AUTO_TEST_CASE(sgd_follows_keras) {
  check_paths(SGD{}, sgd_rule(0.01, 0, false));
  check_paths(SGD{.learning_rate = 0.1}, sgd_rule(0.1, 0, false));
  check_paths(SGD{.learning_rate = 0.05, .momentum = 0.9}, sgd_rule(0.05, 0.9, false));
  check_paths(SGD{.learning_rate = 0.05, .momentum = 0.8, .nesterov = true}, sgd_rule(0.05, 0.8, true));
}

BOOST_AUTO_TEST_CASE(rmsprop_follows_keras) {
  check_paths(RMSprop{}, rmsprop_rule(0.001, 0.9, 1e-7));
  check_paths(RMSprop{.learning_rate = 0.1, .rho = 0.5, .epsilon = 0.01}, rmsprop_rule(0.1, 0.5, 0.01));
}

BOOST_AUTO_TEST_CASE(adam_follows_keras) {
  check_paths(Adam{}, adam_rule(0.001, 0.9, 0.999, 1e-7));
  check_paths(Adam{.learning_rate = 0.1, .beta_1 = 0.5, .beta_2 = 0.9, .epsilon = 0.01},
              adam_rule(0.1, 0.5, 0.9, 0.01));
}

BOOST_AUTO_TEST_CASE(names_stand_for_the_defaults) {
  const auto check_same = [](const Optimizer& left, const Optimizer& right) {
    const auto a = trained(left, DType::float32, 5).back();
    const auto b = trained(right, DType::float32, 5).back();
    BOOST_TEST(a == b, boost::test_tools::per_element());
  };
  check_same("sgd", SGD{});
  check_same("RMSprop", RMSprop{});
  check_same(std::string("Adam"), Adam{});
}

BOOST_AUTO_TEST_CASE(an_optimizer_of_ones_own_will_do) {
  struct SignDescent {
    Updates updates(std::span<const Tensor> parameters, std::span<const Tensor>) const {
      return {{parameters[0], parameters[0] + 1}};
    }
  };
  const auto start = elements(sample_values({3, 4}, -1, 1));
  BOOST_CHECK_CLOSE(trained(SignDescent{}, DType::float64, 2).back()[5], start[5] + 2, 1e-9);
}

BOOST_AUTO_TEST_CASE(state_is_named_after_its_parameter) {
  const auto w = parameter(Array(1.0f), "dense_1/bias");
  const auto updates = RMSprop{}.updates({w}, std::vector{w * 2});
  BOOST_REQUIRE(updates.size() == 2);
  BOOST_TEST(updates[0].parameter.name() == "dense_1/bias/mean_square");
  BOOST_TEST((updates[1].parameter == w));
}

BOOST_AUTO_TEST_CASE(mistakes_are_named) {
  const auto w = parameter(Array(1.0f), "w");
  const std::vector<Tensor> slopes{w};
  check_error<ValueError>([&] { SGD{.learning_rate = -1}.updates({w}, slopes); },
                          "SGD: expected a learning rate of 0 or more, but got -1");
  check_error<ValueError>([&] { Adam{.learning_rate = std::numeric_limits<double>::infinity()}.updates({w}, slopes); },
                          "Adam: expected a learning rate");
  check_error<ValueError>([&] { SGD{.momentum = 1}.updates({w}, slopes); },
                          "SGD: expected momentum of 0 or more and below 1, but got 1");
  check_error<ValueError>([&] { RMSprop{.rho = 1.5}.updates({w}, slopes); }, "RMSprop: expected rho of 0 or more");
  check_error<ValueError>([&] { Adam{.beta_2 = -0.1}.updates({w}, slopes); }, "Adam: expected beta_2 of 0 or more");
  check_error<ValueError>(
      [&] {
        RMSprop{}.updates({w, w}, slopes);
      },
      "RMSprop: expected one gradient for each parameter, but got 1 and 2");
  check_error<ValueError>([] { Optimizer("sdg"); },
                          "optimizer: unknown name 'sdg'; expected one of adam, rmsprop, sgd");
}

BOOST_AUTO_TEST_SUITE_END()
