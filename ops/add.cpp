#include <xgrad/framework/core/registry.hpp>
#include <xgrad/ops/add.hpp>
#include <xgrad/ops/cast.hpp>

#include <cmath>

namespace xgrad {

Tensor operator+(const Tensor& left, const Tensor& right) { return add(left, right); }
Tensor operator+(const Tensor& left, Number right) { return add(left, number_like("add", right, left)); }
Tensor operator+(Number left, const Tensor& right) { return add(number_like("add", left, right), right); }

static const Register registered_add{{
    .name = "add",
    .family = OperatorFamily::binary,
    .signature = "add(left, right), left + right",
    .summary = "Sum of two tensors, element by element, with broadcasting.",
    .formula = "left + right",
    .gradient = "c for both",
    .samples =
        [] {
          auto samples = binary_samples(add);
          samples.push_back({"number right", {sample_values({2, 3})}, [](auto x) { return x[0] + 1.5; }});
          samples.push_back({"number left", {sample_values({2, 3})}, [](auto x) { return 1.5 + x[0]; }});
          return samples;
        },
    .rejections = [] { return binary_rejections("add", add); },
    .points = {{{INFINITY, -INFINITY}, NAN, 1}, {{-0.0, 0}, 0, 1}},
}};

}  // namespace xgrad
