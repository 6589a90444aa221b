//! What a component means in plain words, and the KPMG pillar it stands for (METHOD §1.6).

use crate::domain::model::Component;
use crate::domain::text::Text;

/// The component as a reader sees it.
pub fn name(component: Component) -> Text {
    let (en, nl) = match component {
        Component::Human => ("human", "menselijk"),
        Component::Personal => ("personal", "persoonlijk"),
        Component::Relational => ("relational", "relatiegericht"),
        Component::Sentiment => ("sentiment", "gevoel"),
        Component::Reciprocity => ("reciprocity", "wederkerigheid"),
    };
    Text::new(en, nl)
}

/// What the component asks.
pub fn question(component: Component) -> Text {
    let (en, nl) = match component {
        Component::Human => ("was a person there?", "was er een mens bij?"),
        Component::Personal => ("was it about this customer?", "ging het over deze klant?"),
        Component::Relational => ("was it about the relation, not the order?", "ging het om de relatie, niet om de bestelling?"),
        Component::Sentiment => ("did it feel good?", "voelde het goed?"),
        Component::Reciprocity => ("did it go both ways?", "ging het over en weer?"),
    };
    Text::new(en, nl)
}

/// The pillar of KPMG's Six Pillars of customer experience a component is explained by.
pub fn pillar(component: Component) -> Text {
    let (en, nl) = match component {
        Component::Personal => ("Personalisation", "Personalisatie"),
        Component::Human | Component::Sentiment => ("Empathy", "Empathie"),
        Component::Relational => ("Expectations, and Time & Effort", "Verwachtingen, en Tijd & Moeite"),
        Component::Reciprocity => ("Empathy, by listening", "Empathie, door te luisteren"),
    };
    Text::new(en, nl)
}

/// The pillar of unresolved failures.
pub fn failure_pillar() -> Text {
    Text::new("Resolution and Integrity", "Oplossing en Integriteit")
}
