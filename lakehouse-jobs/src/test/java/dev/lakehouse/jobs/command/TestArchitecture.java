// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.net.URL;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The plan of the house, held against the classes of all its modules; {@link TestSourceImports}
 * holds it against their text.
 */
@AnalyzeClasses(packages = "dev.lakehouse", importOptions = TestArchitecture.WithoutTests.class)
class TestArchitecture {
  @ArchTest
  static final ArchRule roomsImportOnlyTheirRootAndTheRoomsToTheirLeft =
      classes().should(new ImportOnlyLeftwards());

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("dev.lakehouse.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule coreIsFreeOfSparkAndScala =
      noClasses()
          .that()
          .resideInAPackage("dev.lakehouse.core..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.spark..", "scala..", "io.delta.tables..", "io.delta.sql..");

  @ArchTest
  static final ArchRule onlyBundleKnowsTheModelEngines =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.lakehouse.core.bundle..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("ai.djl..", "ai.onnxruntime..");

  @ArchTest
  static final ArchRule onlyLakeWritesDeltaAndLance =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.lakehouse..lake..", "dev.lakehouse.core.search..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("io.delta..", "org.lance..", "org.apache.spark.sql.delta..")
                  .as("belong to Delta or Lance"));

  @ArchTest
  static final ArchRule onlyConnectUrlAsksTheWeb =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.lakehouse.core.connect.url..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.hc..", "java.net.http..", "org.apache.http..")
          .orShould()
          .callMethod(URL.class, "openStream");

  @ArchTest
  static final ArchRule onlyTheDoorReadsArgumentsAndEnvironment =
      noClasses()
          .that()
          .resideOutsideOfPackages("dev.lakehouse.jobs", "dev.lakehouse.jobs.command..")
          .should()
          .callMethodWhere(
              describe(
                  "System.getenv or System.exit",
                  call ->
                      call.getTargetOwner().isEquivalentTo(System.class)
                          && List.of("getenv", "exit").contains(call.getName())))
          .orShould()
          .dependOnClassesThat(resideInAPackage("picocli.."));

  /** It runs in a JVM of its own, on a class path where nothing of ours is. */
  @ArchTest
  static final ArchRule theProgramThatReadsDocumentsStandsAlone =
      noClasses()
          .that()
          .resideInAPackage("dev.lakehouse.documents..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.lakehouse.core..", "dev.lakehouse.udfs..", "dev.lakehouse.jobs..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyTheDoorPrints =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.lakehouse.jobs", "dev.lakehouse.jobs.command..", "dev.lakehouse.documents")
          .should(ACCESS_STANDARD_STREAMS);

  /** Otherwise {@code --help}, which runs without Spark's jars, cannot look at the commands. */
  @ArchTest
  static final ArchRule commandsShowNoSparkInTheirMethods =
      noMethods()
          .that()
          .areDeclaredInClassesThat()
          .areAssignableTo(LakehouseCommand.class)
          .should(
              new ArchCondition<JavaMethod>("name a class of Spark") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                  Stream.concat(
                          Stream.of(method.getRawReturnType()),
                          method.getRawParameterTypes().stream())
                      .filter(type -> type.getPackageName().startsWith("org.apache.spark"))
                      .forEach(
                          type ->
                              events.add(
                                  SimpleConditionEvent.satisfied(method, method.getFullName())));
                }
              });

  private static final class ImportOnlyLeftwards extends ArchCondition<JavaClass> {
    ImportOnlyLeftwards() {
      super("import only their root and the rooms to their left");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      Optional<RoomPlace> here = RoomPlace.of(type.getPackageName());
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        Optional<RoomPlace> there =
            RoomPlace.of(dependency.getTargetClass().getBaseComponentType().getPackageName());
        if (here.isPresent() && there.isPresent() && !here.get().mayImport(there.get())) {
          events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
        }
      }
    }
  }

  /** Test classes and the jars that other modules' tests are shared in. */
  static final class WithoutTests implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/test-classes/") && !location.contains("-tests.jar");
    }
  }
}
